import { resolve } from 'node:path';
import { messagesFile, readCatalogue } from '../../dashboards/messages/catalogue.ts';
import { createWords } from '../../dashboards/messages/words.ts';
import { count } from '../count.ts';
import { BugError, ConfigError } from '../errors.ts';
import { type PayFile, payManifest } from '../export/pay-manifest.ts';
import { describeStatement, type LineSum, type Statement } from '../export/statement-document.ts';
import { createPdfWriter } from '../export/statement-pdf.ts';
import { statementXlsx } from '../export/statement-xlsx.ts';
import { statementKey } from '../finance/computed.ts';
import type { LedgerLine } from '../finance/entry.ts';
import { totalsOf } from '../finance/ledger.ts';
import { changedLines } from '../finance/line-changes.ts';
import { amountOf, sumOf } from '../finance/money.ts';
import { lastDayOf } from '../finance/periods.ts';
import { composeRules } from '../rules/compose-rules.ts';
import { filled, tableOf } from '../rules/rule-table.ts';
import { disputesOf } from '../run/check-rules.ts';
import type { Context } from './context.ts';
import { writePayFiles } from './payroll.ts';
import { type EarlierMonth, readStatementLines } from './statement-lines.ts';

export interface StatementOptions {
    readonly payee?: string;
    readonly provisional?: true;
}

/** Files to write, and what to print then. */
interface MadeFiles {
    readonly files: readonly PayFile[];
    readonly manifestName: string;
    readonly manifest: string;
    readonly report: readonly string[];
}

/**
 * Writes the statements of a month into a folder, see `makeStatements`.
 * @returns what to print
 */
export async function writeStatements(
    context: Context,
    month: string,
    { out, ...options }: StatementOptions & { readonly out: string },
): Promise<string> {
    const { files, manifestName, manifest, report } = await makeStatements(context, month, options);
    await writePayFiles(context, out, files, manifestName, manifest);
    return [...report, `files and ${manifestName} are in ${out}`, ''].join('\n');
}

/**
 * Makes the statements of a month, a PDF and a spreadsheet each, with a manifest of their hashes: as
 * they are signed in the ledger, or, where asked for, as they would be signed today and marked as such.
 * @throws ConfigError for a month that is not signed, or a payee without a statement
 */
export async function makeStatements(
    context: Pick<Context, 'config' | 'paths'>,
    month: string,
    { payee, provisional }: StatementOptions,
): Promise<MadeFiles> {
    const { config } = context;
    const matter = await readStatementLines(context, month, provisional);
    const { lines, before, signature, dataAsOf, leftOut } = matter;
    const tables = await composeRules(config, context.paths.seeds);
    const disputes = signature
        ? disputesOf(config, tables, dayOf(signature.at)).filter(({ period }) => period === month)
        : [];
    const kpis = new Map(
        tableOf(tables, 'reference/kpi_catalogue').rows.map((row) => [
            filled(row, 'kpi'),
            { label: filled(row, 'kpi_label'), unit: filled(row, 'unit') },
        ]),
    );
    const approvers = new Map(
        tableOf(tables, 'incentives/approvers').rows.map(
            (row) => [filled(row, 'person_id'), filled(row, 'person_name')] as const,
        ),
    );
    const { company } = config;
    const words = createWords(readCatalogue(messagesFile(company.language)), company);
    const writePdf = await createPdfWriter(
        config.statement_font === undefined
            ? undefined
            : fontAt(resolve(config.directory, config.statement_font)),
    );
    const files: PayFile[] = [];
    const statements = [...Map.groupBy(lines, statementKey).values()];
    for (const [index, own] of statements.entries()) {
        const ordinal = String(index + 1).padStart(3, '0');
        const number = `${String(signature?.entry).padStart(4, '0')}-${month}-${ordinal}`;
        const [first] = own;
        if (first === undefined || (payee !== undefined && payee !== first.payee_id)) continue;
        const statement: Statement = {
            ...statementOf(month, own),
            company: company.name,
            language: company.language,
            number_locale: company.number_locale,
            signature: signature && {
                number,
                by: approvers.get(signature.by) ?? signature.by,
                at: signature.at,
                hash: signature.hash,
            },
            data_as_of: dataAsOf,
            kpis,
            changes: changesOf(before, own),
            disputes: disputes.filter((one) => one.payee_id === first.payee_id),
        };
        const document = describeStatement(statement, words);
        const kind = signature ? 'statement' : 'provisional-statement';
        const name = `${kind}-${month}-${ordinal}-${slug(first.payee_id)}`;
        files.push(
            { name: `${name}.pdf`, content: await writePdf(document), rows: 1 },
            { name: `${name}.xlsx`, content: await statementXlsx(document), rows: 1 },
        );
    }
    if (files.length === 0) {
        const [{ reason } = { reason: undefined }] = leftOut.filter(
            (one) => one.payee_id === payee,
        );
        throw new ConfigError({
            what: `There is no statement${payee === undefined ? '' : ` of ${payee}`} for ${month}${reason ? `: ${reason}` : '.'}`,
            ...(payee === undefined
                ? {}
                : {
                      expected: `one of ${[...new Set(lines.map((one) => one.payee_id))].join(', ')}`,
                  }),
            fix: `npx jointly close ${month} shows who is paid`,
        });
    }
    const manifest = payManifest({
        period: month,
        entry: signature?.hash ?? null,
        totals: totalsOf(lines.filter((one) => payee === undefined || one.payee_id === payee)),
        files,
        left_out: leftOut,
    });
    const state = signature ? 'statements' : 'provisional-statements';
    const of = payee === undefined ? '' : `-${slug(payee)}`;
    return {
        files,
        manifest,
        manifestName: `${state}-${month}${of}.manifest.json`,
        report: [
            `${count(files.length / 2, 'statement')} as PDF and XLSX${signature ? '' : ', provisional'}`,
            ...leftOut.map((one) => `no statement of ${one.payee_id}: ${one.reason}`),
        ],
    };
}

/** What changed since the payee's statement before, in whichever month that was. */
function changesOf(before: readonly EarlierMonth[], own: readonly LedgerLine[]) {
    const [first] = own;
    if (first === undefined) return undefined;
    const key = statementKey(first);
    for (const { period, lines } of before) {
        const theirs = lines.filter((line) => statementKey(line) === key);
        if (theirs.length > 0) return { period, lines: changedLines(theirs, own) };
    }
    return undefined;
}

const dayOf = (at: string) => at.slice(0, 10);

const fontAt = (file: string) => ({ regular: file, bold: file });

/** One statement out of its lines. @throws BugError where they do not sum to the total */
function statementOf(month: string, own: readonly LedgerLine[]) {
    const total = own.find(({ line_type: type }) => type === 'total');
    const lines = own.filter((line) => line !== total);
    const payable = amountOf(sumOf(lines.map(({ amount }) => amount)));
    if (total === undefined || payable !== total.amount) {
        throw new BugError({
            what: `The lines of ${own[0]?.payee_id} for ${month} do not sum to what is payable.`,
            expected: total?.amount ?? 'a total',
            got: payable,
        });
    }
    const isEarned = ({ line_type: type }: LedgerLine) =>
        type !== 'adjustment' && !type.startsWith('balance_');
    const stretch = (kind: LineSum['kind'], is: (line: LedgerLine) => boolean): LineSum[] => {
        const [from, to] = [lines.findIndex(is), lines.findLastIndex(is)];
        if (from < 0) return [];
        const amount = amountOf(sumOf(lines.slice(from, to + 1).map((line) => line.amount)));
        return [{ kind, from, to, amount }];
    };
    return {
        payee_id: total.payee_id,
        payee_name: total.payee_name,
        currency_code: total.currency_code,
        from: `${month}-01`,
        to: lastDayOf(month),
        head: total.head ?? {},
        lines: lines.map((line) => ({ ...line, held: heldOf(line) })),
        sums: [
            ...stretch('earned', isEarned),
            ...stretch('adjustments', ({ line_type: type }) => type === 'adjustment'),
            ...stretch('payable', () => true),
        ],
        payable: total.amount,
    };
}

function heldOf({ deals = [] }: LedgerLine): string {
    const held = deals.filter(({ kind }) => kind === 'held');
    return amountOf(sumOf(held.map(({ amount }) => amount ?? '0.00')));
}

/** A part of a file's name: ids may hold anything, and the number before it tells files apart. */
const slug = (id: string) => id.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(0, 40);
