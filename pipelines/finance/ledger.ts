import { join } from 'node:path';
import { type Disk, partialName, writeTogether } from '../disk.ts';
import { ContractError } from '../errors.ts';
import {
    hashLine,
    hashManifest,
    type LedgerLine,
    type Manifest,
    manifestText,
    noEntry,
    parseLine,
    parseManifest,
    sealManifest,
    writeLines,
} from './entry.ts';
import { amountOf, sumOf } from './money.ts';

export interface Entry extends Manifest {
    /** Lines of a signature; none of what else may happen to a period. */
    readonly signedLines: readonly LedgerLine[];
}

export interface Ledger {
    readonly entries: readonly Entry[];
    /** Hash of the last entry: whoever keeps it elsewhere can tell a ledger rewritten from its end. */
    readonly head: string;
    /** Files of a signature that was interrupted; the next one replaces them. */
    readonly leftovers: readonly string[];
}

const fileName = /^(\d{4,})-(\d{4}-\d{2})-(signed|paid|reopened)\.(json|ndjson)$/;
const baseName = ({ entry, period, action }: Pick<Manifest, 'entry' | 'period' | 'action'>) =>
    `${String(entry).padStart(4, '0')}-${period}-${action}`;

/** What a desktop or a version control keeps in every folder is nobody's entry. */
const isOfSystem = (name: string) =>
    (name.startsWith('.') && !partialName.test(name)) || /^(thumbs\.db|desktop\.ini)$/i.test(name);

/** Names of the files of an entry, the manifest last. */
export function filesOf(entry: Manifest): readonly string[] {
    const name = baseName(entry);
    return [...(entry.lines ? [`${name}.ndjson`] : []), `${name}.json`];
}

/**
 * Reads a ledger and checks every byte of it against its hashes.
 * @throws ContractError naming the file and line that is not as it was signed
 */
export function readLedger(disk: Disk): Ledger {
    const names = disk
        .list()
        .filter((name) => !isOfSystem(name))
        .toSorted();
    const manifests = names.filter((name) => fileName.exec(name)?.[4] === 'json');
    const entries: Entry[] = [];
    let head = noEntry;
    const used = new Set<string>();
    for (const [index, name] of manifests.entries()) {
        const entry = readEntry(disk, name, index + 1, head, names);
        entries.push(entry);
        head = entry.hash;
        for (const file of filesOf(entry)) used.add(file);
    }
    const others = names.filter((name) => !used.has(name));
    const next = entries.length + 1;
    for (const name of others) {
        if (partialName.test(name) || Number(fileName.exec(name)?.[1]) === next) continue;
        throw broken(disk, name, {
            what: 'A file in the ledger belongs to no entry.',
            expected: 'only files that the close has written',
            got: name,
        });
    }
    return { entries, head, leftovers: others };
}

function readEntry(
    disk: Disk,
    name: string,
    number: number,
    previous: string,
    names: readonly string[],
): Entry {
    const text = disk.read(name);
    const manifest = parseManifest(text);
    if (manifest === undefined) {
        throw broken(disk, name, {
            what: 'An entry of the ledger cannot be read.',
            expected: 'the manifest of a period, as the close wrote it',
            got: text.slice(0, 60),
        });
    }
    const hash = hashManifest(manifest);
    if (hash !== manifest.hash || manifestText(manifest) !== text) {
        throw broken(disk, name, {
            what: 'An entry of the ledger was changed after it was written.',
            expected: `hash ${manifest.hash}`,
            got: `hash ${hash}${hash === manifest.hash ? ' and other white space' : ''}`,
        });
    }
    if (manifest.entry !== number || `${baseName(manifest)}.json` !== name) {
        throw broken(disk, name, {
            what: 'An entry of the ledger is missing or was renamed.',
            expected: `entry ${number}`,
            got: `entry ${manifest.entry}, ${manifest.period} ${manifest.action}`,
        });
    }
    if (manifest.previous !== previous) {
        throw broken(disk, name, {
            what: 'An entry of the ledger does not follow from the one before it.',
            expected: `previous ${previous}`,
            got: `previous ${manifest.previous}`,
        });
    }
    const signedLines = manifest.lines ? readLines(disk, manifest, names) : [];
    return { ...manifest, signedLines };
}

function readLines(disk: Disk, manifest: Manifest, names: readonly string[]): LedgerLine[] {
    const name = `${baseName(manifest)}.ndjson`;
    if (!names.includes(name)) {
        throw broken(disk, name, {
            what: 'The lines of a signed period are gone.',
            expected: `${manifest.lines?.count} lines`,
            got: 'no file',
        });
    }
    const texts = disk.read(name).split('\n');
    const rest = texts.pop();
    let last = manifest.previous;
    const lines = texts.map((text, index) => {
        const stored = parseLine(text);
        const { hash: storedHash, ...line } = stored ?? { hash: 'none' };
        const hash = stored && hashLine(line as LedgerLine, last);
        if (hash === undefined || hash !== storedHash || JSON.stringify(stored) !== text) {
            throw broken(disk, name, {
                what: `A line of ${manifest.period} was changed after it was signed.`,
                line: index + 1,
                expected: `hash ${storedHash}`,
                got: hash === undefined ? text.slice(0, 60) : `hash ${hash}`,
            });
        }
        last = hash;
        return line as LedgerLine;
    });
    if (rest !== '' || lines.length !== manifest.lines?.count || last !== manifest.lines.hash) {
        throw broken(disk, name, {
            what: `Lines of ${manifest.period} were taken away, added or changed after signing.`,
            line: lines.length + (rest === '' ? 0 : 1),
            expected: `${manifest.lines?.count} lines, the last with hash ${manifest.lines?.hash}`,
            got: `${lines.length} lines, the last with hash ${last}`,
        });
    }
    return lines;
}

function broken(
    disk: Disk,
    name: string,
    found: { what: string; line?: number; expected: string; got: string },
): ContractError {
    return new ContractError({
        ...found,
        file: join(disk.path, name),
        why: 'what was signed must stay as it was: nothing is signed, paid or shown on a ledger that was changed',
        fix: 'put the whole ledger folder back from a backup: npx jointly close restore FOLDER',
    });
}

export type NewEntry = Omit<
    Manifest,
    'schema_version' | 'entry' | 'previous' | 'hash' | 'lines' | 'totals'
> & {
    readonly signedLines: readonly LedgerLine[];
};

/**
 * Adds an entry: both files are written under other names and flushed before either gets its own, the
 * manifest last. Whatever ends the process, the entry is there as a whole or not at all.
 */
export function appendEntry(disk: Disk, ledger: Ledger, draft: NewEntry): Ledger {
    const { signedLines, ...said } = draft;
    const lines = draft.action === 'signed' ? writeLines(signedLines, ledger.head) : undefined;
    const manifest = sealManifest({
        schema_version: 2,
        entry: ledger.entries.length + 1,
        ...said,
        lines: lines ? { count: signedLines.length, hash: lines.hash } : null,
        totals: totalsOf(signedLines),
        previous: ledger.head,
    });
    const files = filesOf(manifest).map((name) => ({
        name,
        text: name.endsWith('.ndjson') ? (lines?.text ?? '') : manifestText(manifest),
    }));
    writeTogether(disk, files, ledger.leftovers);
    const entry: Entry = { ...manifest, signedLines };
    return { entries: [...ledger.entries, entry], head: manifest.hash, leftovers: [] };
}

/** What is payable by the lines of statements, by currency. */
export function totalsOf(lines: readonly LedgerLine[]): Manifest['totals'] {
    const totals = Map.groupBy(
        lines.filter((line) => line.line_type === 'total'),
        (line) => line.currency_code,
    );
    return [...totals]
        .map(([currency, own]) => ({
            currency_code: currency,
            payable_amount: amountOf(sumOf(own.map((line) => line.amount))),
        }))
        .toSorted((one, other) => (one.currency_code < other.currency_code ? -1 : 1));
}
