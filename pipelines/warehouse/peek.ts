import { type Batch, type ColumnOrigin, type Scan, sqlName } from '../contracts/batch.ts';
import { opsTablesDdl } from '../contracts/ops-tables.ts';
import type { StreamContract } from '../contracts/stream.ts';
import { openScratchWarehouse } from './connection.ts';
import { onRowsOfAnyLength } from './limits.ts';
import { collectRejects, createRejects, shownColumn } from './rejects.ts';
import { assertNothingLost, isLeftOut, stage } from './staging.ts';
import { dropTemporary, temporary } from './temporary.ts';
import type { Warehouse } from './warehouse.ts';

/** What a look into the first rows of an input shows. */
export interface Peek {
    /** Rows that were looked at, those that are left out among them. */
    readonly rows: number;
    readonly leftOut: number;
    readonly rejected: number;
    readonly columns: readonly PeekedColumn[];
    /** Columns of the file that nothing is read from. */
    readonly unused: readonly string[];
    readonly problems: readonly PeekedProblem[];
}

export interface PeekedColumn extends ColumnOrigin {
    readonly required: boolean;
    /** The first values, as they would be loaded. */
    readonly examples: readonly string[];
    /** Words of a closed list, with the rows that have them. */
    readonly words?: readonly { readonly word: string; readonly rows: number }[];
}

export interface PeekedProblem {
    readonly column: string;
    readonly rows: number;
    readonly expected: string;
    readonly got: string | null;
    /** The setting that would mend it, when it is known. */
    readonly advice?: string | undefined;
}

/** A database in memory in which inputs are looked into, one after another. */
export async function openPeekWarehouse(): Promise<Warehouse> {
    const warehouse = await openScratchWarehouse();
    for (const statement of opsTablesDdl()) await warehouse.run(statement);
    // More of them would read on while one has found the first rows.
    await warehouse.run('set threads = 1');
    return warehouse;
}

/**
 * Reads the first rows of a batch as a load would, and keeps nothing.
 * @throws ContractError or SourceError for a file that cannot be read
 */
export async function peek(
    warehouse: Warehouse,
    contract: StreamContract,
    batch: Batch,
    limit: number,
): Promise<Peek> {
    const scans = batch.scans.map((scan) => ({
        ...scan,
        rows: `select * from (${scan.rows}) limit ${limit}`,
    }));
    const batches = [{ ...batch, scans }];
    const request = {
        contract,
        batches,
        loadId: '',
        startedAt: new Date(),
        maximumRejectShare: 1,
        fingerprint: async () => '',
        isFullRefresh: false,
        isConfirmed: false,
        timezone: 'UTC',
        waivers: [],
        modifiedMs: new Map<string, number>(),
        onNote: () => {},
        onWarning: () => {},
    };
    try {
        await onRowsOfAnyLength(warehouse, async (hasAmpleMemory) => {
            await dropTemporary(warehouse);
            await stage(warehouse, { ...request, hasAmpleMemory });
        });
        await assertNothingLost(warehouse, batches);
        const [counts] = await warehouse.query<Pick<Peek, 'rows' | 'leftOut' | 'rejected'>>(
            `select
                sum(row_count) as rows, sum(left_out_count) as "leftOut",
                sum(broken_count - left_out_count) as rejected
            from ${temporary.stagedFiles}`,
        );
        const [scan] = scans;
        const hasProblems = (counts?.rejected ?? 0) > 0;
        if (hasProblems) {
            await createRejects(warehouse);
            await collectRejects(warehouse, request);
        }
        return {
            rows: counts?.rows ?? 0,
            leftOut: counts?.leftOut ?? 0,
            rejected: counts?.rejected ?? 0,
            columns: scan ? await columnsOf(warehouse, contract, scan) : [],
            unused: scan?.unused ?? [],
            problems: hasProblems ? await problemsOf(warehouse, scan) : [],
        };
    } finally {
        await dropTemporary(warehouse);
    }
}

async function columnsOf(
    warehouse: Warehouse,
    contract: StreamContract,
    scan: Scan,
): Promise<readonly PeekedColumn[]> {
    const columns: PeekedColumn[] = [];
    const examples = await examplesOf(
        warehouse,
        scan.origins.filter(({ kind }) => kind === 'cell').map(({ column }) => column),
    );
    for (const origin of scan.origins) {
        const column = contract.columns.find(({ name }) => name === origin.column);
        const name = sqlName(origin.column);
        const isClosed = column?.values !== undefined && origin.kind === 'cell';
        const words = isClosed
            ? await warehouse.query<{ word: string; rows: number }>(
                  `select ${name} as word, count(*) as rows from ${temporary.staged}
                  where ${name} is not null and not (${isLeftOut})
                  group by all order by rows desc, word`,
              )
            : undefined;
        columns.push({
            ...origin,
            required: column?.required ?? false,
            examples: examples.get(origin.column) ?? [],
            ...(words ? { words } : {}),
        });
    }
    return columns;
}

/** The first values of some columns, in one query: a question costs more than its answer. */
async function examplesOf(
    warehouse: Warehouse,
    columns: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
    if (columns.length === 0) return new Map();
    const lists = columns.map((column, index) => {
        const name = sqlName(column);
        const values = `list(cast(${name} as varchar)) filter (where ${name} is not null)`;
        return `cast(to_json((${values})[1:3]) as varchar) as e${index}`;
    });
    const [row] = await warehouse.query<Record<string, string | null>>(
        `select ${lists.join(', ')} from ${temporary.staged} where not (${isLeftOut})`,
    );
    return new Map(
        columns.map((column, index) => [column, JSON.parse(row?.[`e${index}`] ?? '[]')]),
    );
}

async function problemsOf(
    warehouse: Warehouse,
    scan: Scan | undefined,
): Promise<readonly PeekedProblem[]> {
    const problems = await warehouse.query<Omit<PeekedProblem, 'advice'>>(`
        select "column", expected, got, count(*) as rows
        from ${temporary.newRejects}
        group by all order by rows desc, "column", got limit 20`);
    return problems.map((one) => ({
        ...one,
        column: shownColumn(one.column, scan),
        advice: one.got === null ? undefined : scan?.adviceOn(one.column, one.got),
    }));
}
