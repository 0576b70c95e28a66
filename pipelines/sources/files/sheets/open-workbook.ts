import { open } from 'node:fs/promises';
import { SourceError } from '../../../errors.ts';
import { openOds } from './ods.ts';
import type { Workbook } from './workbook.ts';
import { openXlsx } from './xlsx.ts';

/** Opens a workbook. @throws SourceError for a file that is none, with what it is instead */
export async function openWorkbook(
    path: string,
    name: string,
    type: 'xlsx' | 'ods',
): Promise<Workbook> {
    const other = await otherFormat(path);
    if (other !== undefined) {
        throw new SourceError({
            what: `${name} is ${other}.`,
            file: name,
            expected: `a workbook in the format ${type}`,
            fix: 'open it in a program for sheets and save it as XLSX or CSV, without a password',
        });
    }
    return type === 'xlsx' ? openXlsx(path, name) : openOds(path, name);
}

/** What else is often saved under the name of a workbook. */
async function otherFormat(path: string): Promise<string | undefined> {
    const handle = await open(path, 'r');
    try {
        const { buffer } = await handle.read(Buffer.alloc(8), 0, 8, 0);
        const start = buffer.toString('latin1');
        if (start.startsWith('\xd0\xcf\x11\xe0')) {
            return 'a workbook in the old format XLS, or one with a password';
        }
        if (/^(\xef\xbb\xbf)?\s*</.test(start)) return 'a page in HTML or XML, not a workbook';
        return start.startsWith('PK') ? undefined : 'not a workbook';
    } finally {
        await handle.close();
    }
}
