import { basename, join, matchesGlob } from 'node:path';
import type { InputConfig } from '../../config-schema.ts';
import { SourceError } from '../../errors.ts';
import { type Archive, extractMember, openArchive } from './archive.ts';
import type { FoundFile } from './find-files.ts';
import { formatOfName } from './format-of.ts';

const isZip = (name: string) => name.toLowerCase().endsWith('.zip');

/**
 * Files with every zip archive replaced by what is in it, by name, written beside the warehouse.
 * @throws SourceError for a damaged archive, or one that holds something nobody can read
 */
export async function unpackFiles(
    input: Pick<InputConfig, 'name' | 'inside'>,
    files: readonly FoundFile[],
    scratchDirectory: string,
): Promise<readonly FoundFile[]> {
    if (!files.some(({ name }) => isZip(name))) return files;
    const unpacked: FoundFile[] = [];
    for (const file of files) {
        if (!isZip(file.name)) {
            unpacked.push(file);
            continue;
        }
        const archive = await openArchive(file.path, file.name, 'zip archive');
        try {
            for (const member of wantedMembers(archive, input, file.name)) {
                const path = join(scratchDirectory, `member-${unpacked.length}${ending(member)}`);
                await extractMember(archive, member, path);
                unpacked.push({ ...file, path, name: `${file.name}/${member}` });
            }
        } finally {
            archive.close();
        }
    }
    return unpacked;
}

/** Whether a member is packed again. */
function ending(member: string): string {
    return member.toLowerCase().endsWith('.gz') ? '.gz' : '';
}

function wantedMembers(
    { members }: Archive,
    input: Pick<InputConfig, 'name' | 'inside'>,
    file: string,
): readonly string[] {
    const own = members.filter((member) => !isMachinery(member)).sort();
    const patterns = input.inside;
    if (patterns) {
        const wanted = own.filter((member) => patterns.some((one) => isMatch(member, one)));
        if (wanted.length > 0) return wanted;
        throw new SourceError({
            what: `Input ${input.name}: ${file} holds nothing that matches ${patterns.join(', ')}.`,
            file,
            got: own.join(', '),
            fix: 'correct inside of the input',
        });
    }
    const strange = own.find((member) => formatOfName(member) === undefined);
    if (strange === undefined && own.length > 0) return own;
    throw new SourceError({
        what: `Input ${input.name}: ${file} holds ${strange ?? 'no file'}${strange ? ', which is no export.' : '.'}`,
        file,
        expected: 'CSV, NDJSON, Parquet, XLSX, ODS or a bank statement',
        got: own.join(', ') || 'an empty archive',
        fix: "say which of its files to read: inside: ['*.csv']",
    });
}

/** A pattern without a folder holds in every folder. */
function isMatch(member: string, pattern: string): boolean {
    return matchesGlob(member, pattern) || matchesGlob(basename(member), pattern);
}

/** What the program that packed the archive left in it for itself. */
function isMachinery(member: string): boolean {
    return member.startsWith('__MACOSX/') || basename(member).startsWith('.');
}
