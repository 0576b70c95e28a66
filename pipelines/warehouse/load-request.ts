import type { Batch } from '../contracts/batch.ts';
import type { StreamContract } from '../contracts/stream.ts';
import type { Cursor } from './cursors.ts';

/** What became of the rows of one load; all but `deleted` add up to `read` and `spread`. */
export interface LoadCounts {
    readonly read: number;
    readonly inserted: number;
    readonly updated: number;
    readonly unchanged: number;
    readonly duplicate: number;
    readonly superseded: number;
    readonly rejected: number;
    /** Rows and lines that the config leaves out: totals, footers. */
    readonly leftOut: number;
    /** Rows whose amounts were added to another row of their key. */
    readonly summed: number;
    /** Rows made of others that sum up several days. */
    readonly spread: number;
    /** Rows of the raw table that a restated window no longer has. */
    readonly deleted: number;
}

/** Days of an input, or of one account of it, of which rows may be lacking. */
export interface Waiver {
    readonly input: string;
    readonly account: string | null;
    readonly fromDay: string;
    readonly toDay: string;
}

export interface LoadRequest {
    readonly contract: StreamContract;
    readonly batches: readonly Batch[];
    readonly loadId: string;
    readonly startedAt: Date;
    /** Whether the files alone decide, whatever is there from earlier loads. */
    readonly isFullRefresh: boolean;
    /** Whether a person has said that rows which are lacking are really gone. */
    readonly isConfirmed: boolean;
    /** Time zone that decides the day of an instant. */
    readonly timezone: string;
    /** Gaps of the stream that somebody answers for. */
    readonly waivers: readonly Waiver[];
    /** When each file was last written, by its name. */
    readonly modifiedMs: ReadonlyMap<string, number>;
    /** Hash of what is loaded; awaited before anything is committed. */
    readonly fingerprint: () => Promise<string>;
    /** Of a connection: how far it is loaded with these rows. The state of the files stays as it is. */
    readonly cursors?: readonly Cursor[];
    /** Whether the engine has all the memory there is for rows of any length. */
    readonly hasAmpleMemory?: boolean;
    /** Told which way the rows went, for --verbose. */
    readonly onDetail?: ((text: string) => void) | undefined;
    /** Told what a person should know although nothing is refused for it. */
    readonly onNote: (text: string) => void;
    /** Told what makes numbers incomplete although the load went through. */
    readonly onWarning: (text: string) => void;
}
