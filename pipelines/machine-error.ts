import { ConfigError, JointlyError, SourceError } from './errors.ts';

interface Kind {
    readonly codes: readonly string[];
    /** What the engine, or a tool that is called, prints of it. */
    readonly text: RegExp;
    readonly describe: (why: string, cause: unknown) => JointlyError;
}

const buildAnew =
    'restore it from a copy, or move it away and run again to build it from the exports';

/** Faults of the machine, the likelier ones first: the full disk is said in many ways. */
const kinds: readonly Kind[] = [
    {
        codes: ['ENOSPC', 'EDQUOT', 'EFBIG'],
        text: /No space left on device|Disk quota exceeded|File too large|max_temp_directory_size|\bENOSPC\b/,
        describe: (why, cause) =>
            new SourceError({
                what: 'The disk is full.',
                why,
                fix: 'free space there (npx jointly doctor says how much is left), then run again: nothing is half done',
                cause,
            }),
    },
    {
        codes: ['EROFS', 'EACCES', 'EPERM'],
        text: /Read-only file system|Permission denied|\b(EROFS|EACCES)\b/,
        describe: (why, cause) =>
            new ConfigError({
                what: 'A file or folder cannot be written.',
                why,
                fix: 'allow the user who runs this to write there, or give another place with --warehouse FILE or --out FILE',
                cause,
            }),
    },
    {
        codes: ['ENOTDIR', 'EEXIST', 'EISDIR', 'ENAMETOOLONG'],
        text: /Not a directory|Is a directory|File name too long/,
        describe: (why, cause) =>
            new ConfigError({
                what: 'There can be no warehouse of this name.',
                why,
                fix: 'give the path of a file in a folder with --warehouse FILE',
                cause,
            }),
    },
    {
        codes: ['EMFILE', 'ENFILE'],
        text: /Too many open files/,
        describe: (why, cause) =>
            new SourceError({
                what: 'Too many files are open at once.',
                why,
                fix: 'allow more with: ulimit -n 4096, then run again',
                cause,
            }),
    },
    {
        codes: ['EIO'],
        text: /Input\/output error/,
        describe: (why, cause) =>
            new SourceError({
                what: 'The disk does not read or write.',
                why,
                fix: 'check the disk, or move the files to another one',
                cause,
            }),
    },
    {
        codes: [],
        text: /Corrupt database file|database has been invalidated|not a valid DuckDB database|Could not read enough bytes/,
        describe: (why, cause) =>
            new SourceError({ what: 'The warehouse is damaged.', why, fix: buildAnew, cause }),
    },
    {
        codes: ['ENOMEM'],
        text: /Out of Memory Error|Cannot allocate memory/,
        describe: (why, cause) =>
            new SourceError({
                what: 'There is not enough memory.',
                why,
                fix: 'end other programs, load fewer files at once, or leave long texts out of the export',
                cause,
            }),
    },
];

/** Whether the engine, or what says so of it, has run out of memory. */
export function isOutOfMemory(error: unknown): boolean {
    if (error instanceof JointlyError) return isOutOfMemory(error.cause);
    return error instanceof Error && error.message.includes('Out of Memory Error');
}

/**
 * What is wrong with the machine, when an error says so: a full disk is nobody's bug.
 * @returns undefined for everything else, and for what is explained already
 */
export function machineError(error: unknown): JointlyError | undefined {
    if (error instanceof JointlyError) return undefined;
    const { code = '' } = (error ?? {}) as NodeJS.ErrnoException;
    const message = error instanceof Error ? error.message : String(error);
    const kind = kinds.find((one) => one.codes.includes(code) || one.text.test(message));
    if (kind === undefined) return undefined;
    const line = message.split('\n').find((one) => kind.text.test(one)) ?? message.split('\n')[0];
    return kind.describe(line?.trim() ?? message, error);
}
