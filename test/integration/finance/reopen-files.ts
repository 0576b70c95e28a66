// npm run reopen -- FOLDER: opens what `close statements` and `close payroll` wrote into a folder with
// LibreOffice and poppler, and compares what they find with the manifests, which name the ledger's sums.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { execa } from 'execa';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { amountOf, cents, sumOf } from '../../../pipelines/finance/money.ts';

const sheetFile = 'xl/worksheets/sheet1.xml';
/** A cell with a formula, and the result that its writer put beside it. */
const formulaCell = /<c r="([A-Z]+)(\d+)"[^>]*><f>([^<]*)<\/f><v>([^<]*)<\/v><\/c>/g;

interface Formula {
    readonly column: string;
    readonly row: number;
    readonly formula: string;
    readonly stored: string;
}

/** Writes a copy without the results of its formulas: whoever shows one has computed it. */
function forgetResults(file: string, copy: string): readonly Formula[] {
    const parts = unzipSync(readFileSync(file));
    const sheet = strFromU8(parts[sheetFile] ?? new Uint8Array());
    const formulas = [...sheet.matchAll(formulaCell)].map(
        ([, column = '', row, formula = '', stored = '']) => ({
            ...{ column, row: Number(row), formula, stored },
        }),
    );
    const bare = sheet.replaceAll(/(<f>[^<]*<\/f>)<v>[^<]*<\/v>/g, '$1');
    writeFileSync(copy, zipSync({ ...parts, [sheetFile]: strToU8(bare) }));
    return formulas;
}

/** Cells of a spreadsheet as LibreOffice computes them, raw and by row. */
async function computedCells(files: readonly string[], folder: string) {
    // 44 and 34: comma and quote; 76: UTF-8; the last but three: values, not as they are shown.
    const filter = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false';
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
    const options = ['--headless', '--norestore', '--convert-to', filter, '--outdir', folder];
    await execa('soffice', [profile, ...options, ...files]);
    return (file: string) => {
        const text = readFileSync(join(folder, basename(file).replace('.xlsx', '.csv')), 'utf8');
        return rowsOf(text);
    };
}

/** Rows of CSV, quoted cells with line ends in them too. */
function rowsOf(text: string): readonly (readonly string[])[] {
    const rows: string[][] = [[]];
    for (const [, quoted, plain, end] of text.matchAll(
        /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g,
    )) {
        rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
        if (end === '\n') rows.push([]);
    }
    return rows;
}

const at = (cells: readonly (readonly string[])[], { column, row }: Formula) =>
    cells[row - 1]?.[column.charCodeAt(0) - 65] ?? '';
const inCents = (number: string) => Number(number).toFixed(2);
const digits = (text: string) => text.replaceAll(/\D/g, '');

interface Manifest {
    readonly period: string;
    readonly totals: readonly { readonly currency_code: string; readonly payable_amount: string }[];
    readonly files: readonly { readonly name: string }[];
}

/** @returns what differs, each in a line */
async function reopen(folder: string): Promise<readonly string[]> {
    const found: string[] = [];
    const manifests = readdirSync(folder).filter((name) => name.endsWith('.manifest.json'));
    if (manifests.length === 0) throw new Error(`${folder} has no manifest of close`);
    for (const name of manifests) {
        const manifest = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Manifest;
        const total = amountOf(sumOf(manifest.totals.map((one) => one.payable_amount)));
        const paths = manifest.files.map((one) => join(folder, one.name));
        const work = mkdtempSync(join(tmpdir(), 'jointly-reopen-'));
        try {
            const sheets = paths.filter((path) => path.endsWith('.xlsx'));
            const bare = join(work, 'bare');
            mkdirSync(bare);
            const formulas = new Map(
                sheets.map((path) => [path, forgetResults(path, join(bare, basename(path)))]),
            );
            const cellsOf = await computedCells(
                sheets.map((path) => join(bare, basename(path))),
                work,
            );
            const payable: string[] = [];
            let count = 0;
            for (const path of sheets) {
                const cells = cellsOf(path);
                const own = formulas.get(path) ?? [];
                for (const formula of own) {
                    count += 1;
                    const computed = at(cells, formula);
                    if (computed !== '' && inCents(computed) === inCents(formula.stored)) continue;
                    found.push(
                        `${path}, ${formula.column}${formula.row} =${formula.formula}: expected ${formula.stored}, got '${computed}'`,
                    );
                }
                // A statement ends with what is payable and its difference to the ledger; a payroll file has none.
                const [sum, difference] = own.slice(-2);
                if (sum === undefined || difference === undefined) {
                    payable.push(...cells.slice(1).flatMap((row) => row.at(-1) || []));
                    continue;
                }
                payable.push(at(cells, sum));
                if (inCents(at(cells, difference)) !== '0.00') found.push(`${path}: a difference`);
            }
            const sum = amountOf(sumOf(payable.map(inCents)));
            if (cents(sum) !== cents(total)) {
                found.push(`${name}: expected ${total} in the spreadsheets, got ${sum}`);
            }
            let pages = 0;
            for (const path of paths.filter((one) => one.endsWith('.pdf'))) {
                const amount = payable[sheets.indexOf(path.replace(/pdf$/, 'xlsx'))] ?? '';
                const { stdout: info } = await execa('pdfinfo', [path]);
                pages += Number(/^Pages:\s+(\d+)$/m.exec(info)?.[1]);
                const { stdout: text } = await execa('pdftotext', ['-layout', path, '-']);
                const printed = text.split(/\s{2,}|\n/).map(digits);
                if (printed.includes(digits(inCents(amount)))) continue;
                found.push(`${path}: ${inCents(amount)} is not printed`);
            }
            process.stdout.write(
                `${name}: ${sheets.length} spreadsheets with ${count} formulas computed by LibreOffice, ${pages} pages of PDF read by poppler, ${sum} of ${total}\n`,
            );
        } finally {
            rmSync(work, { recursive: true, force: true });
        }
    }
    return found;
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('give the folder that close wrote its files into');
const differences = await reopen(folder);
for (const difference of differences) process.stdout.write(`${difference}\n`);
process.exitCode = differences.length > 0 ? 1 : 0;
