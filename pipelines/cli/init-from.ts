import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { glob } from 'tinyglobby';
import { isCurrency } from '../contracts/columns.ts';
import { count } from '../count.ts';
import { ConfigError, JointlyError } from '../errors.ts';
import { type FoundFile, findFiles } from '../sources/files/find-files.ts';
import { namesOf } from '../sources/files/layouts/export-layout.ts';
import { type Recognised, recognise } from '../sources/files/layouts/recognise.ts';
import { filledCells } from '../sources/files/layouts/table-top.ts';
import { unpackFiles } from '../sources/files/unpack.ts';
import { openScratchWarehouse } from '../warehouse/connection.ts';
import { type Entry, knownEntry, unknownEntry } from './config-entry.ts';
import { toDo } from './entry-columns.ts';
import { eventsEntry } from './events-entry.ts';

export interface FoundInputs {
    /** Text of the inputs of a config. */
    readonly inputs: string;
    /** What was found, a line each. */
    readonly report: readonly string[];
}

interface Group {
    readonly first: Recognised;
    readonly files: FoundFile[];
    /** Name of the file in a zip archive. */
    readonly inside?: string;
}

/** A file as it can be read, and where it lies: in an archive, that is the archive. */
interface Download {
    readonly read: FoundFile;
    readonly lies: FoundFile;
    readonly inside?: string;
}

const currency = 'EUR';

/**
 * Looks into the files of a folder and writes down how each is read.
 * @param target folder of the config, which its paths are relative to
 * @throws ConfigError when there is no such folder, or nothing in it
 */
export async function inputsFrom(folder: string, target: string): Promise<FoundInputs> {
    if (!existsSync(folder)) {
        throw new ConfigError({
            what: `There is no folder ${resolve(folder)}.`,
            fix: 'give the folder of your downloads: npx jointly init acme --from FOLDER',
        });
    }
    const scratch = mkdtempSync(join(tmpdir(), 'jointly-init-'));
    const groups = new Map<string, Group>();
    const report: string[] = [];
    const left: string[] = [];
    const engine = await openScratchWarehouse();
    const look = async ({ read, lies, inside }: Download) => {
        const found = await recognise(read, (sql) => engine.query(sql));
        if (found === undefined) {
            report.push(`${read.name}: not looked into`);
            left.push(
                `// ${pathOf(lies, target)} was not looked into: name it in an input of its own`,
            );
            return;
        }
        const sign = inside === undefined ? signOf(found, read) : read.name;
        const group = groups.get(sign);
        if (group) group.files.push(lies);
        else groups.set(sign, { first: found, files: [lies], ...(inside ? { inside } : {}) });
    };
    try {
        const paths = (await glob('**/*', { cwd: folder })).sort();
        for (const [index, path] of paths.entries()) {
            try {
                for (const one of await downloads(path, resolve(folder), `${scratch}/${index}`)) {
                    await look(one);
                }
            } catch (error) {
                if (!(error instanceof JointlyError)) throw error;
                const { what } = error.trouble;
                report.push(what.startsWith(path) ? what : `${path}: ${what}`);
                left.push(...error.message.split('\n').map((line) => `// ${line}`));
            }
        }
    } finally {
        await engine.close();
        rmSync(scratch, { recursive: true, force: true });
    }
    const names = new Set<string>();
    const entries = [...groups.values()].flatMap((group) => {
        const [entry, events] = entriesOf(group, target, names);
        report.push(...describe(group, entry));
        if (events === undefined) return [entry];
        report.push(...events.remarks.map((remark) => `    ${remark}`));
        return [entry, events];
    });
    report.push(...noteOnCurrencies([...groups.values()]));
    const text = [...entries.flatMap(written), ...left];
    return { inputs: text.map((line) => `        ${line}`.trimEnd()).join('\n'), report };
}

async function downloads(path: string, folder: string, scratch: string): Promise<Download[]> {
    const [lies] = await findFiles([path], folder, 'downloads');
    if (lies === undefined) return [];
    mkdirSync(scratch);
    const files = await unpackFiles({ name: 'downloads' }, [lies], scratch);
    return files.map((read) =>
        read === lies
            ? { read, lies }
            : { read, lies, inside: read.name.slice(lies.name.length + 1) },
    );
}

/** Files that are read in the same way are one input. */
function signOf({ fits, header, type }: Recognised, { name }: FoundFile): string {
    const [fit] = fits;
    if (!fit) return name;
    // A file of events names those columns that its events fill; a visit may be in several files.
    const columns = fit.layout.format.type === 'ga4_events' ? [] : header.cells;
    return JSON.stringify([fit.layout.name, type, columns]);
}

/** The input of the files; of those with dates of events beside their records, that of the events too. */
function entriesOf({ first, files, inside }: Group, target: string, names: Set<string>) {
    const [fit] = first.fits;
    const name = freeName(fit?.layout.name ?? basename(inside ?? files[0]?.name ?? ''), names);
    const named = { name, paths: patternOf(files, target), inside, currency };
    if (!fit) return [unknownEntry(first, named)] as const;
    const entry = knownEntry(first, fit, named);
    if (!fit.layout.events) return [entry] as const;
    const own = { ...named, name: freeName(`${name}_events`, names) };
    return [entry, eventsEntry(first, fit, own)] as const;
}

function freeName(wanted: string, names: Set<string>): string {
    const plain =
        wanted
            .replace(/\.\w+$/, '')
            .toLowerCase()
            .replace(/[^a-z0-9]+/g, '_')
            .replace(/^_+|_+$/g, '') || 'input';
    let name = plain;
    for (let number = 2; names.has(name); number += 1) name = `${plain}_${number}`;
    names.add(name);
    return name;
}

/** From so many files of one folder on, their names are taken for a pattern that new ones fit, too. */
const fewestOfPattern = 3;

/** The files of an input as its config names them: one by one, or by what their names share. */
function patternOf(files: readonly FoundFile[], target: string): readonly string[] {
    const paths = files.map((file) => pathOf(file, target));
    const [folder = '', ...others] = new Set(files.map(({ path }) => dirname(path)));
    if (files.length < fewestOfPattern || others.length > 0) return paths;
    const names = files.map(({ path }) => basename(path));
    const start = shared(names).replace(/\d+$/, '');
    const end = reversed(shared(names.map(reversed))).replace(/^\d+/, '');
    if (start === '' || /[*?[\]{}()!]/.test(folder + start + end)) return paths;
    const isMeant = (name: string) =>
        name.length >= start.length + end.length && name.startsWith(start) && name.endsWith(end);
    if (readdirSync(folder).filter(isMeant).length > files.length) return paths;
    return [`${relative(resolve(target), folder).replaceAll('\\', '/')}/${start}*${end}`];
}

const reversed = (name: string) => [...name].reverse().join('');

/** How all names begin. */
function shared(names: readonly string[]): string {
    const [first = ''] = names;
    const at = [...first].findIndex((_, index) =>
        names.some((name) => name[index] !== first[index]),
    );
    return at === -1 ? first : first.slice(0, at);
}

function pathOf({ path }: FoundFile, target: string): string {
    return relative(resolve(target), path).replaceAll('\\', '/');
}

/** Money of another currency is no number of the company until somebody says what it is worth. */
function noteOnCurrencies(groups: readonly Group[]): readonly string[] {
    const found = groups.flatMap(({ first: { fits, rows, header } }) => {
        const [fit] = fits;
        const column = fit?.match.names.get('currency_code');
        const written = column === undefined ? [] : filledCells(header.cells, rows, column);
        return [...written, fit?.match.currency ?? []].flat();
    });
    const others = [...new Set(found.map((code) => code.toUpperCase()))]
        .filter((code) => isCurrency(code) && code !== currency)
        .sort();
    if (others.length === 0) return [];
    return [
        `money in ${others.join(' and ')} is no ${currency} yet: with the currency of the company in the config, ` +
            `npx jointly rates --config FILE --bank NAME --currencies ${others.join(',')} --from DAY ` +
            'fills the exchange rates of a central bank (ecb, nbp, bnm, cbr, bnr); numbers of that money are empty until then',
    ];
}

function describe({ first, files, inside }: Group, entry: Entry): readonly string[] {
    const [fit, second] = first.fits;
    const names = files.map(({ name }) => (inside ? `${name}/${inside}` : name)).join(', ');
    if (fit === undefined) {
        const [found] = entry.isWhole
            ? entry.remarks
            : [`${unknownOf(first)}, see ${entry.name} in the config`];
        return [`${names}: ${found}`];
    }
    const { type } = fit.layout.format;
    const columns = type === 'ga4_events' ? 'visits' : count(fit.match.names.size, 'column');
    const sure =
        second && second.match.score === fit.match.score
            ? `could be ${second.layout.title}, too`
            : fit.match.names.size >= 5 || type !== undefined
              ? 'certain'
              : 'likely';
    const isOpen = entry.remarks.some((remark) => remark.startsWith(toDo));
    const gap = !entry.isWhole ? '; something is missing' : isOpen ? '; words to translate' : '';
    return [
        `${names}: ${fit.layout.title} (${sure}, ${columns} of ${fit.layout.stream})${gap}`,
        ...entry.remarks.map((remark) => `    ${remark}`),
    ];
}

function unknownOf({ nearest }: Recognised): string {
    if (!nearest) return 'no known export';
    const [missing = ''] = nearest.match.missing;
    const wanted = namesOf(nearest.layout, missing).slice(0, 3).join(', ');
    return `looks like ${nearest.layout.title}, but has no column for ${missing} (${wanted}); export it with that`;
}

function written(entry: Entry): readonly string[] {
    const lines = ['{', ...entry.lines.map((line) => `    ${line}`), '},'];
    const remarks = entry.remarks.map((remark) => `// ${remark}`);
    return [...remarks, ...(entry.isWhole ? lines : lines.map((line) => `// ${line}`))];
}
