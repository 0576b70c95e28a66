import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type FooterSize, untilFooter } from '../../pipelines/sources/files/footer.ts';

const patterns = [
    '^Total',
    'Total$',
    '^Total(?!ly)',
    '(?<!x)Total',
    '^$',
    '^(Итого|Sum)[^,]',
    '\\bend\\b',
];
const line = fc.oneof(
    fc.constantFrom('', ' ', 'Total', ' Total', 'Total ', '"Total"', 'Totally', 'x Total', 'Sum,1'),
    fc.constantFrom(
        '"a',
        'b"',
        '"",1',
        '\u00a0Total',
        'Итого: 5',
        'the end',
        'end,"',
        '\tSum of 3',
    ),
    fc.constantFrom('2026-01-01,1', '2026-01-02,"a, b"', 'Größe,2', 'Total\r', 'a\r', '\r'),
);

/** The footer as it is described: the first line outside of quotes that matches, and what follows. */
function cut(text: string, pattern: string, headerLines: number): [string, FooterSize] {
    const lines = text.split('\n');
    let quotes = 0;
    const first = lines.findIndex((one, index) => {
        const isData = index < headerLines;
        const isFooter =
            !isData &&
            quotes % 2 === 0 &&
            new RegExp(pattern, 'u').test(one.replaceAll('"', '').trim());
        if (!isData) quotes += one.split('"').length - 1;
        return isFooter && !(index === lines.length - 1 && one === '');
    });
    if (first === -1) return [text, { lines: 0, bytes: 0 }];
    const footer = lines.slice(first);
    const data = lines.slice(0, first).map((one) => `${one}\n`);
    const filled = footer.filter((one) => one.replaceAll('"', '').trim() !== '');
    return [data.join(''), { lines: filled.length, bytes: Buffer.byteLength(footer.join('\n')) }];
}

it('a footer is found wherever a text is cut into pieces, and its size is that of its bytes', async () => {
    await fc.assert(
        fc.asyncProperty(
            fc.array(line, { maxLength: 12 }),
            fc.constantFrom(...patterns),
            fc.integer({ min: 0, max: 2 }),
            fc.integer({ min: 1, max: 40 }),
            async (lines, pattern, headerLines, length) => {
                const text = lines.join('\n');
                async function* pieces() {
                    for (let at = 0; at < text.length; at += length)
                        yield text.slice(at, at + length);
                }
                const footer = { file: 'a.csv', pattern, headerLines, quote: '"' };
                let found: FooterSize | undefined;
                let data = '';
                for await (const piece of untilFooter(pieces(), footer, (size) => {
                    found = size;
                })) {
                    data += piece;
                }
                expect([data, found]).toEqual(cut(text, pattern, headerLines));
            },
        ),
        { numRuns: 2000 },
    );
});
