import { SourceError } from '../../errors.ts';
import type { FoundFile } from './find-files.ts';
import { beginningOf, isGzip } from './text-stream.ts';

interface Content {
    readonly begins: (top: Buffer) => boolean;
    readonly is: string;
    readonly fix: string;
}

const bytes = (hex: string) => (top: Buffer) => top.toString('hex').startsWith(hex);

const gzip: Content = {
    begins: bytes('1f8b'),
    is: 'packed with gzip, which its name does not say',
    fix: 'add .gz to its name, or unpack it',
};

/** What stands under the name of a text and is none. */
const others: readonly Content[] = [
    {
        begins: bytes('504b0304'),
        is: 'a workbook or a zip archive, not text',
        fix: 'give it the ending of what it is: .xlsx, .ods or .zip',
    },
    {
        begins: bytes('d0cf11e0'),
        is: 'a workbook in the old format of Excel, or one with a password',
        fix: 'open it in a program for sheets and save it as XLSX or CSV, without a password',
    },
    {
        begins: bytes('50415231'),
        is: 'a Parquet file, not text',
        fix: 'give it the ending .parquet',
    },
    {
        begins: bytes('255044462d'),
        is: 'a PDF, which holds no rows',
        fix: 'export it as CSV or XLSX',
    },
    {
        begins: (top) =>
            /^\s*<(!doctype html|html|head|body|meta|table|style)\b/i.test(
                new TextDecoder().decode(top),
            ),
        is: 'a web page, not text',
        fix: 'where a program shows a table in it, save it there as XLSX or CSV; where it asks to sign in, export it again',
    },
];

/**
 * Refuses a file that is to be read as text and holds something else.
 * @throws SourceError which says what it is
 */
export async function assertText(file: FoundFile): Promise<void> {
    const top = await beginningOf(file);
    const found = [...(isGzip(file.path) ? [] : [gzip]), ...others].find(({ begins }) =>
        begins(top),
    );
    if (found === undefined) return;
    throw new SourceError({
        what: `${file.name} is ${found.is}.`,
        file: file.name,
        expected: 'rows of text',
        fix: found.fix,
    });
}
