import type { Click, UploadLine } from './conversion.ts';

/** A file that is uploaded to a platform. */
export interface UploadFile {
    /** What it holds, for its name. */
    readonly name: string;
    readonly ending: 'csv' | 'json';
    readonly text: string;
}

/** What a platform takes, and in which shape. */
export interface Platform {
    readonly name: string;
    readonly title: string;
    /** Its name among the platforms of clicks. */
    readonly clickPlatform: string;
    /** Names of the parameters that hold its click ids; the first is meant where a click has none. */
    readonly clickNames: readonly [string, ...string[]];
    /** What is older is refused when it arrives. */
    readonly limit: { readonly days: number; readonly since: 'click' | 'conversion' };
    /** Whether a conversion that was told can be corrected. Where it cannot, its value must be whole. */
    readonly canCorrect: (click: Click) => boolean;
    /** How an address is written before it is hashed; undefined where none is taken. */
    readonly normaliseEmail?: (email: string) => string;
    /** @param at when they were made; corrections are of this instant */
    readonly files: (lines: readonly UploadLine[], at: string) => readonly UploadFile[];
    /** What to do with the files. */
    readonly upload: string;
}
