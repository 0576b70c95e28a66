import type { ConfigInput } from '../../../pipelines/config-schema.ts';
import type { SampleRows } from '../../sources/sample-rows.ts';

type SampleInput = NonNullable<ConfigInput['inputs']>[number];

/** What a system says in place of a cell of the files, in SQL over their row, and why. */
export type Instead = readonly [sql: string, why: string];

export interface Carried {
    readonly columns: Readonly<Record<string, Instead>>;
    /** Condition of the rows that the system has a place for. */
    readonly rows?: Instead;
}

/** Systems set up to hold what the sample company's files hold. */
export interface Opened {
    readonly connections: NonNullable<ConfigInput['connections']>;
    /** Lines of `.env`. */
    readonly secrets: readonly string[];
    /** Files beside them, by name, and how they are read. */
    readonly files: Readonly<Record<string, string>>;
    readonly inputs: readonly SampleInput[];
    readonly close: () => Promise<void>;
}

/** One way on which the sample company's records can come. */
export interface Way {
    readonly title: string;
    /** Inputs of the sample's config that it takes the place of. */
    readonly replaces: readonly string[];
    /** @param since first day that is asked for */
    readonly open: (rows: SampleRows, since: string) => Promise<Opened>;
    /** Streams that the systems feed and the files do not have: why not one row of them comes. */
    readonly empty: Readonly<Record<string, string>>;
    /** By stream: what the systems cannot carry, or say otherwise. Nothing else may differ. */
    readonly carried: Readonly<Record<keyof SampleRows, Carried>>;
}
