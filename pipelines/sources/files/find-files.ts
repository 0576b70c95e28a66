import { statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { SourceError } from '../../errors.ts';

export interface FoundFile {
    readonly path: string;
    /** Path relative to the config folder, as messages show it. */
    readonly name: string;
    readonly bytes: number;
    readonly modifiedMs: number;
}

/**
 * Files of one input: patterns in their order, then by name; or all by the time they were written,
 * where the input says so. A file two patterns match keeps its last place, because a later file
 * restates an earlier one.
 * @throws SourceError when a pattern matches nothing or a file is empty.
 */
export async function findFiles(
    patterns: readonly string[],
    directory: string,
    input: string,
    newestBy: 'name' | 'modified' = 'name',
): Promise<readonly FoundFile[]> {
    const places = new Map<string, true>();
    for (const pattern of patterns) {
        const paths = await expand(pattern, directory);
        if (paths.length === 0) {
            throw new SourceError({
                what: `Input ${input}: ${pattern} matches no file.`,
                why: `looked in ${isAbsolute(pattern) ? dirname(pattern) : directory}`,
                fix: 'put the export there, or change files of the input in the config',
            });
        }
        for (const path of paths) {
            places.delete(path);
            places.set(path, true);
        }
    }
    const files = [...places.keys()].map((path) => inspect(path, directory, input));
    if (newestBy === 'name') return files;
    return files.toSorted((left, right) => left.modifiedMs - right.modifiedMs);
}

async function expand(pattern: string, directory: string): Promise<string[]> {
    // `leads (1).csv`, the name of a second download, would be a pattern, too.
    const path = resolve(directory, pattern);
    if (statSync(path, { throwIfNoEntry: false })?.isFile()) return [path];
    if (!isDynamicPattern(pattern)) return [];
    const paths = await glob(pattern, { cwd: directory, absolute: true, dot: false });
    return paths.map((path) => resolve(path)).sort(byName);
}

/**
 * Code-unit order: the same on every machine and locale. `report (1).csv` is what a browser calls a
 * later download of `report.csv`, although a space sorts before the point.
 */
function byName(left: string, right: string): number {
    const [one, other] = [downloadOf(left), downloadOf(right)];
    if (one.name !== other.name) return one.name < other.name ? -1 : 1;
    return one.number - other.number;
}

interface Download {
    /** Path without the number. */
    readonly name: string;
    /** 0 for the first download of a name. */
    readonly number: number;
}

/** What a browser named a download after, and which of that name it is. */
export function downloadOf(path: string): Download {
    const [, start, number, end] = /^(.*) ?\(([0-9]{1,4})\)(\.[^/\\]*)?$/.exec(path) ?? [];
    if (start === undefined) return { name: path, number: 0 };
    return { name: `${start.trimEnd()}${end ?? ''}`, number: Number(number) };
}

function inspect(path: string, directory: string, input: string): FoundFile {
    const name = relative(directory, path).replaceAll('\\', '/');
    const { size, mtimeMs } = statSync(path);
    if (size === 0) {
        throw new SourceError({
            what: `Input ${input}: ${name} is empty, not even a header.`,
            file: name,
            expected: 'a header and rows',
            got: '0 bytes',
            fix: 'export it again, or take it out of the folder',
        });
    }
    return { path, name, bytes: size, modifiedMs: mtimeMs };
}
