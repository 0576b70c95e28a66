import type { InputConfig } from '../../config-schema.ts';
import type { StreamContract } from '../../contracts/stream.ts';
import type { FoundFile } from './find-files.ts';
import type { Layout } from './layout.ts';

/** Rows of a query, values as text. */
export type DescribeQuery = (sql: string) => Promise<readonly Record<string, unknown>[]>;

export interface CompileContext {
    readonly contract: StreamContract;
    readonly input: InputConfig;
    readonly files: readonly FoundFile[];
    /** Zone of instants that carry no offset. */
    readonly timezone: string;
    /** Of the config: for inputs that have none of their own. */
    readonly maximumRejectShare: number;
    readonly maximumLossShare: number;
    /** Rows of one key are added up. */
    readonly isSummed?: boolean;
    readonly scratchDirectory: string;
    /** How its files are read, where whoever wrote them knows; found out when left out. */
    readonly layout?: Layout;
    readonly describe: DescribeQuery;
    /** Rows of a sheet that are wanted, for a look into it; all when left out. */
    readonly maximumRows?: number;
    /** Told what a person should know although nothing is refused for it. */
    readonly onNote: (text: string) => void;
}
