import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { InputConfig } from '../config-schema.ts';
import { findStream } from '../contracts/registry.ts';
import { count, shortList } from '../count.ts';
import { ContractError } from '../errors.ts';
import { compileInput } from '../sources/files/compile.ts';
import { type FoundFile, findFiles } from '../sources/files/find-files.ts';
import type { Warehouse } from '../warehouse/connection.ts';
import { type Peek, type PeekedColumn, peek } from '../warehouse/peek.ts';

const lookedAt = 1000;

/**
 * Reads the first rows of the newest file of an input as a load would.
 * @param warehouse one that holds nothing, of openPeekWarehouse
 * @returns what was seen, in lines
 * @throws JointlyError for files that cannot be read, ContractError when more rows would be
 * rejected than may be
 */
export async function lookIntoInput(
    warehouse: Warehouse,
    config: Config,
    input: InputConfig,
): Promise<string> {
    const files = await findFiles(input.files, config.directory, input.name);
    const newest = files.reduce((best, file) => (file.modifiedMs > best.modifiedMs ? file : best));
    const seen = await seenIn(warehouse, config, input, newest);
    const head = `${count(files.length, 'file')}; newest ${newest.name}, `;
    return describeSeen(head, 'the file', seen, input.max_reject_share ?? config.max_reject_share);
}

/**
 * What was seen of the first rows of a file or table, in lines.
 * @throws ContractError when more of them would be rejected than may be
 */
export function describeSeen(
    head: string,
    place: string,
    seen: Peek,
    maximumRejectShare: number,
): string {
    const leftOut = seen.leftOut > 0 ? `, ${seen.leftOut} of them left out` : '';
    const lines = [
        `${head}${count(seen.rows, 'row')} looked at${leftOut}`,
        ...seen.columns.filter(({ kind }) => kind !== 'absent').map(describeColumn),
        ...listOf(
            `not in ${place}`,
            seen.columns.filter(({ kind }) => kind === 'absent'),
        ),
        ...(seen.unused.length > 0
            ? [
                  `  not used: ${shortList(
                      seen.unused.map((name) => `'${name}'`),
                      12,
                  )}`,
              ]
            : []),
    ];
    if (seen.rejected === 0) return lines.join('\n        ');
    const problems = seen.problems.flatMap((one) => [
        `  ${one.column || 'row'}, ${count(one.rows, 'row')}: expected ${one.expected}, got ${one.got === null ? 'an empty cell' : `'${one.got}'`}`,
        ...(one.advice ? [`    fix: ${one.advice}`] : []),
    ]);
    const what = `${seen.rejected} of ${count(seen.rows, 'row')} would be rejected:`;
    const text = [...lines, what, ...problems].join('\n        ');
    if (seen.rejected <= seen.rows * maximumRejectShare) return text;
    throw new ContractError({ what: text });
}

async function seenIn(
    warehouse: Warehouse,
    config: Config,
    input: InputConfig,
    file: FoundFile,
): Promise<Peek> {
    const contract = findStream(input.stream);
    if (contract === undefined) throw new TypeError(`no stream ${input.stream}`);
    const scratchDirectory = mkdtempSync(join(tmpdir(), 'jointly-doctor-'));
    try {
        const batch = await compileInput({
            contract,
            input,
            files: [file],
            timezone: input.timezone ?? config.company.timezone,
            scratchDirectory,
            describe: (sql) => warehouse.query(sql),
            maximumRows: lookedAt,
            maximumRejectShare: config.max_reject_share,
            maximumLossShare: config.max_loss_share,
            onNote: () => {},
        });
        return await peek(warehouse, contract, batch, lookedAt);
    } finally {
        rmSync(scratchDirectory, { recursive: true, force: true });
    }
}

function describeColumn({ column, kind, from, examples, words }: PeekedColumn): string {
    const name = `  ${column.padEnd(20)}`;
    if (kind === 'constant') return `${name} always '${from}'`;
    const values = words
        ? words.map(({ word, rows }) => `${word} ${rows}`).join(', ')
        : examples.map(short).join(', ');
    return `${name} ${from}: ${values || 'empty'}`;
}

function listOf(title: string, columns: readonly PeekedColumn[]): string[] {
    return columns.length === 0
        ? []
        : [`  ${title}: ${columns.map((one) => one.column).join(', ')}`];
}

function short(value: string): string {
    return value.length > 40 ? `${value.slice(0, 40)}...` : value;
}
