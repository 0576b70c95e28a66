import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRecords } from '../../pipelines/csv-records.ts';
import { nearest } from '../../pipelines/nearest.ts';
import { linesOfRows } from '../../pipelines/sources/files/lines-of-rows.ts';

const dialect = { delimiter: ',', quote: '"' };

async function records(text: string, pieceLength = text.length || 1) {
    const pieces = Array.from({ length: Math.ceil(text.length / pieceLength) }, (_, index) =>
        text.slice(index * pieceLength, (index + 1) * pieceLength),
    );
    return collect(csvRecords(pieces, dialect));
}

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

describe('CSV records', () => {
    it('come back as they were written, however the text is cut', async () => {
        const cells = fc.array(
            fc.array(fc.string({ unit: fc.constantFrom(...'a,"\n\r ') }), {
                minLength: 2,
                maxLength: 3,
            }),
            { minLength: 1, maxLength: 4 },
        );
        await fc.assert(
            fc.asyncProperty(cells, fc.integer({ min: 1, max: 5 }), async (rows, pieceLength) => {
                const text = rows.map((row) => row.map(quoted).join(',')).join('\r\n');
                const read = await records(text, pieceLength);
                expect(read.map((record) => record.fields)).toEqual(rows);
            }),
        );
    });

    it('know the lines they stand on', async () => {
        const read = await records('a,b\n\n1,"x\ny"\n2,z\n');
        expect(read.map(({ firstLine, lastLine }) => [firstLine, lastLine])).toEqual([
            [1, 1],
            [3, 4],
            [5, 5],
        ]);
    });

    it('are found, however many are wanted', async () => {
        const rows = Array.from({ length: 200_000 }, (_, index) => index + 1);
        const text = ['a\n', ...rows.map((row) => `${row}\n`)];
        async function* pieces() {
            yield text.join('');
        }
        const lines = await linesOfRows(pieces(), { rows, headerLines: 1, quote: '"' });
        expect(lines.size).toBe(200_000);
        expect(lines.get(200_000)).toBe(200_001);
    });

    it('stand where the search for rows finds them', async () => {
        const word = fc.string({ unit: fc.constantFrom(...'ab\n"'), minLength: 1, maxLength: 4 });
        await fc.assert(
            fc.asyncProperty(
                fc.array(fc.tuple(word, fc.boolean()), { minLength: 1, maxLength: 6 }),
                async (rows) => {
                    const text = rows
                        .map(
                            ([cell, isBlankAfter]) =>
                                `1,${quoted(cell)}\n${isBlankAfter ? '\n' : ''}`,
                        )
                        .join('');
                    const read = await records(text);
                    const wanted = read.map((_, index) => index + 1);
                    const lines = await linesOfRows(toAsync(text), {
                        rows: wanted,
                        headerLines: 0,
                        quote: '"',
                    });
                    expect([...lines.values()]).toEqual(read.map((record) => record.firstLine));
                },
            ),
        );
    });
});

async function* toAsync(text: string) {
    yield* [text];
}

describe('the nearest name', () => {
    it.each([
        ['spend_amount', ['Day', 'Spend Amount (EUR)'], 'Spend Amount (EUR)'],
        ['leeds', ['leads', 'deals'], 'leads'],
        ['campaign_id', ['Day', 'Cost'], undefined],
        ['x', [], undefined],
    ])('of %s in %j is %s', (word, candidates, expected) => {
        expect(nearest(word, candidates)).toBe(expected);
    });
});

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
    const list: Item[] = [];
    for await (const item of items) list.push(item);
    return list;
}
