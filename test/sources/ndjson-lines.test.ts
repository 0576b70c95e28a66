import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { findRows, inLongLines } from '../../pipelines/sources/files/ndjson-lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'jointly-ndjson-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function* inPieces(text: string, length: number) {
    for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length);
}

describe('rows of NDJSON', () => {
    it('stand on their lines, whatever white space is between them', async () => {
        const blank = fc.string({
            unit: fc.constantFrom(' ', '\t', '\r', '\v', '\f'),
            maxLength: 3,
        });
        // A space of another kind is no white space to the engine, and a row that it cannot read.
        const row = fc.constantFrom('{"a":1}', '{bad', '\u00a0', ' {} \r');
        const lines = fc.array(fc.oneof(blank, row), { minLength: 1, maxLength: 12 });
        await fc.assert(
            fc.asyncProperty(lines, fc.integer({ min: 1, max: 9 }), async (all, length) => {
                const rows = all.flatMap((text, at) =>
                    /^[ \t\r\v\f]*$/.test(text) ? [] : [{ line: at + 1, text: text.trim() }],
                );
                const wanted = rows.map((_, at) => at + 1);
                const found = await findRows(inPieces(all.join('\n'), length), wanted);
                expect([...found.values()]).toEqual(rows);
            }),
        );
    });
});

describe('a wide row', () => {
    const limits = { longest: 1_000_000, mostBytes: Number.POSITIVE_INFINITY };
    const keys = (line: Buffer) => {
        if (line.length > limits.longest) return line.length;
        const count = line.toString('utf8').split('key ').length - 1;
        return count > 100 ? count : undefined;
    };
    const wide = JSON.stringify(
        Object.fromEntries(Array.from({ length: 1200 }, (_, at) => [`key ${at}`, at])),
    );
    const narrow = '{"a":1,"b":"some text"}\n'.repeat(9000);
    const long = `{"a":"${'x'.repeat(200_000)}"}\n`;
    it.each([
        ['in the last line, which has no end', narrow + wide, true],
        ['behind lines that are long for another reason', `${long + long + wide}\n${narrow}`, true],
        ['between lines that are none', `${'['.repeat(9000)}\n${wide}\n${narrow}`, true],
        ['nowhere', narrow + long + narrow, false],
    ])('is found %s', async (name, text, isThere) => {
        for (const [path, bytes] of [
            [`${name}.ndjson`, text],
            [`${name}.ndjson.gz`, gzipSync(text)],
        ] as const) {
            writeFileSync(join(folder, path), bytes);
            const found = await inLongLines(join(folder, path), keys, limits);
            expect(found).toBe(isThere ? 1200 : undefined);
        }
    });

    it('is not looked for beyond what is wanted', async () => {
        writeFileSync(join(folder, 'far.ndjson'), narrow.repeat(3) + wide);
        const near = { ...limits, mostBytes: 100_000 };
        expect(await inLongLines(join(folder, 'far.ndjson'), keys, near)).toBeUndefined();
    });

    it('is not read to its end where it is too long', async () => {
        writeFileSync(join(folder, 'array.json'), `[${'{},'.repeat(1_000_000)}{}]`);
        const read = await inLongLines(join(folder, 'array.json'), keys, limits);
        expect(read).toBeGreaterThan(limits.longest);
        expect(read).toBeLessThan(limits.longest + 100_000);
    });
});
