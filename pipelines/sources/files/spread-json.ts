import { sqlText } from '../../contracts/batch.ts';
import { literalPath } from './layout.ts';

/** The engine keeps two buffers of this size per thread: larger ones eat the memory limit. */
export const maximumObjectBytes = 4 * 1024 * 1024;

/** How objects stand in a file in which a row is no line: as one array, or with their keys below each other. */
export type SpreadFormat = 'array' | 'unstructured';

/** @returns undefined where each row has a line of its own */
export async function spreadFormat(text: AsyncIterable<string>): Promise<SpreadFormat | undefined> {
    let top = '';
    for await (const piece of text) {
        top = (top + piece).trimStart();
        if (top.startsWith('[')) return 'array';
        if (/\n\s*\S/.test(top) || top.length > maximumObjectBytes) break;
    }
    const [first = '', second = ''] = top.split('\n').filter((line) => line.trim());
    // Below a line that is broken the next row begins.
    const goesOn = second !== '' && !second.trimStart().startsWith('{');
    return goesOn && !isWhole(first) ? 'unstructured' : undefined;
}

/** SQL relation of the objects of such a file, each in `json`. */
export function spreadObjects(path: string, format: SpreadFormat): string {
    return (
        `read_json_objects(${sqlText(literalPath(path))}, format = '${format}', ` +
        `maximum_object_size = ${maximumObjectBytes})`
    );
}

function isWhole(line: string): boolean {
    try {
        JSON.parse(line);
        return true;
    } catch {
        return false;
    }
}
