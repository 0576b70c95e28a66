import { join } from 'node:path';
import type { Column } from '../../../pipelines/contracts/columns.ts';
import { findStream } from '../../../pipelines/contracts/registry.ts';
import { createSampleConfig } from '../../../pipelines/sample/create-sample-config.ts';
import { createTestClock } from '../../sources/api/test-clock.ts';
import type { SampleRow, SampleRows } from '../../sources/sample-rows.ts';
import {
    countsByStream,
    createTestCompany,
    type TestCompany,
    type TestInput,
} from '../loading/company.ts';
import { writeSampleExports } from './sample-exports.ts';
import type { Opened, Way } from './way.ts';

/** The day after the last one of the sample. */
export const clockOfSample = () => createTestClock('2026-07-01T12:00:00Z');

export const comparedStreams = [
    ...(['leads', 'lead_events', 'deals', 'deal_stage_history'] as const),
    ...(['activities', 'sessions', 'ad_spend'] as const),
];

/** Of those that differ. */
const shownLines = 4;

export interface FromFiles {
    readonly company: TestCompany;
    /** All inputs of the sample. */
    readonly inputs: readonly TestInput[];
    readonly rest: object;
    readonly since: string;
    /** Folder of the rules. */
    readonly rules: string;
}

/**
 * The sample company, whose files come as they are exported.
 * @param factor its size
 * @param since first day of ad cost and visits
 */
export async function sampleFromFiles(factor: number, since = '2023-06-30'): Promise<FromFiles> {
    const company = createTestCompany();
    const directory = join(company.directory, 'exports');
    await writeSampleExports(directory, factor, since);
    const rules = join(directory, 'rules');
    const { inputs, ...rest } = createSampleConfig({ directory, rules });
    return { company, inputs: inputs as readonly TestInput[], rest, since, rules };
}

/** Loads inputs of the sample. */
export async function loadInputs({ company, inputs, rest }: FromFiles, names: readonly string[]) {
    company.configure(
        inputs.filter(({ name }) => names.includes(name)),
        rest,
    );
    return countsByStream(await company.load({ clock: clockOfSample() }));
}

/** Rows that came by files, of the inputs that a system can take the place of. */
export async function sampleRows(
    company: TestCompany,
    inputs: readonly string[],
): Promise<SampleRows> {
    const all = comparedStreams.map(async (stream) => {
        const columns = columnsOf(stream).map((column) => `${textOf(column)} as ${column.name}`);
        const rows = await company.query<SampleRow>(
            `select ${columns.join(', ')} from raw_files.${stream}
            where ${isOfInputs(inputs)} order by all`,
        );
        return [stream, rows] as const;
    });
    return Object.fromEntries(await Promise.all(all)) as unknown as SampleRows;
}

export interface FromSystems extends Opened {
    readonly company: TestCompany;
    readonly load: () => Promise<Readonly<Record<string, unknown>>>;
}

/** The same company whose records come from systems. @param also inputs of the sample that stay files */
export async function sampleFromSystems(
    { inputs, rest, since }: FromFiles,
    way: Way,
    rows: SampleRows,
    also: readonly string[] = [],
): Promise<FromSystems> {
    const opened = await way.open(rows, since);
    const company = createTestCompany();
    for (const [name, text] of Object.entries(opened.files)) company.write(name, text);
    company.write('.env', `${opened.secrets.join('\n')}\n`);
    const kept = inputs.filter(({ name }) => also.includes(name) && !way.replaces.includes(name));
    company.configure([...kept, ...opened.inputs], { ...rest, connections: opened.connections });
    return {
        ...opened,
        company,
        load: async () => countsByStream(await company.load({ clock: clockOfSample() })),
    };
}

/** A query over what came by files, of what a way can carry. */
export function reducedRows(stream: keyof SampleRows, way: Way): string {
    const { columns, rows } = way.carried[stream];
    const reduced = columnsOf(stream).map(({ name, type }) => {
        const instead = columns[name];
        return instead ? `cast(${instead[0]} as ${type}) as ${name}` : name;
    });
    const where = `${isOfInputs(way.replaces)} and (${rows?.[0] ?? 'true'})`;
    return `(select ${reduced.join(', ')} from raw_files.${stream} where ${where})`;
}

/** Rows of one side that the other lacks, each with how often; none where both say the same. */
export async function differences(
    files: TestCompany,
    systems: TestCompany,
    stream: keyof SampleRows,
    way: Way,
): Promise<readonly string[]> {
    const one = await linesOf(files, stream, reducedRows(stream, way));
    const other = await linesOf(systems, stream, `raw_files.${stream}`);
    if (one.size === 0) throw new Error(`no ${stream} came from files`);
    const lines = [...new Set([...one.keys(), ...other.keys()])]
        .filter((line) => one.get(line) !== other.get(line))
        .sort();
    const shown = lines
        .slice(0, shownLines)
        .map((line) => `${line}: files ${one.get(line) ?? 0}, systems ${other.get(line) ?? 0}`);
    return lines.length > shownLines ? [...shown, `and ${lines.length - shownLines} more`] : shown;
}

/** Entries of the table of what cannot be carried that hold for no row: what they say is not so. */
export async function idleEntries(
    files: TestCompany,
    stream: keyof SampleRows,
    way: Way,
): Promise<readonly string[]> {
    const { columns, rows } = way.carried[stream];
    const kept = rows?.[0] ?? 'true';
    const typeOf = new Map(columnsOf(stream).map(({ name, type }) => [name, type]));
    const entries: [string, string][] = Object.entries(columns).map(([name, [sql]]) => [
        name,
        `${kept} and ${name} is distinct from cast(${sql} as ${typeOf.get(name)})`,
    ]);
    if (rows) entries.push([rows[0], `not (${kept})`]);
    const idle: string[] = [];
    for (const [name, condition] of entries) {
        const [found] = await files.query<{ rows: number }>(
            `select count(*) as rows from raw_files.${stream}
            where ${isOfInputs(way.replaces)} and (${condition})`,
        );
        if (Number(found?.rows) === 0) idle.push(`${stream}: ${name}`);
    }
    return idle;
}

async function linesOf(
    company: TestCompany,
    stream: string,
    from: string,
): Promise<ReadonlyMap<string, number>> {
    const cells = columnsOf(stream).map((column) => `'${column.name}', ${textOf(column)}`);
    const rows = await company.query<{ line: string; times: number }>(
        `select cast(json_object(${cells.join(', ')}) as varchar) as line, count(*) as times
        from ${from} group by all`,
    );
    return new Map(rows.map(({ line, times }) => [line, Number(times)]));
}

function columnsOf(stream: string): readonly Column[] {
    return findStream(stream)?.columns ?? [];
}

/** The value of a column as text; a time as mocks write it. */
function textOf({ name, type }: Column): string {
    if (type === 'timestamp') return `strftime(${name}, '%Y-%m-%dT%H:%M:%SZ')`;
    return `cast(${name} as varchar)`;
}

function isOfInputs(names: readonly string[]): string {
    const list = names.map((name) => `'${name}'`).join(', ');
    return `_file_id in (select file_id from jointly.files where input in (${list}))`;
}
