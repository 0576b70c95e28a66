import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { expect, it } from 'vitest';
import { localName, readXmlText } from '../../pipelines/sources/files/xml.ts';

const part = fc.constantFrom(
    ...[
        '<c r="A1" t=\'s\'>',
        '<x:row>',
        '</x:row>',
        '</c>',
        '<v/>',
        '<v a="1 &lt; 2"/>',
        '<f>',
        '</f>',
    ],
    ...['text', 'a &amp; b', '&#x20AC;', '&nosuch;', '&', '<![CDATA[<c>]]>', '<!-- <c> -->', '\n'],
    ...['<?xml version="1.0"?>', '<!DOCTYPE a>', '<c', ' r="B', '"', '>', '</none>', 'Größe 😀'],
);

async function* cut(text: string, length: number) {
    for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length);
}

/** Neighbouring texts are one: where they are cut is left to the reader. */
function joined(events: readonly unknown[][]): unknown[][] {
    const all: unknown[][] = [];
    for (const event of events) {
        const last = all.at(-1);
        if (event[0] === 'text' && last?.[0] === 'text') last[1] = `${last[1]}${event[1]}`;
        else all.push([...event]);
    }
    return all;
}

/** What the library's own parser tells of a text. */
function parsed(text: string): unknown[][] {
    const events: unknown[][] = [];
    const parser = new Parser(
        {
            onopentagname: (name) => events.push(['open', localName(name)]),
            onattribute: (name, value) => events.push(['attribute', name, value]),
            ontext: (piece) => events.push(['text', piece]),
            onclosetag: (name, isImplied) => events.push(['close', localName(name), isImplied]),
        },
        { xmlMode: true },
    );
    parser.end(text);
    return joined(events);
}

it('XML is told as the parser of the library tells it, whole or broken, in pieces of any length', async () => {
    await fc.assert(
        fc.asyncProperty(
            fc.array(part, { maxLength: 20 }),
            fc.integer({ min: 1, max: 30 }),
            async (parts, length) => {
                const text = parts.join('');
                const events: unknown[][] = [];
                await readXmlText(cut(text, length), {
                    open: (name, index) => {
                        events.push(['open', name]);
                        expect(text.slice(index, index + 1 + name.length)).toMatch(/^</);
                    },
                    attribute: (name, value) => events.push(['attribute', name, value]),
                    text: (piece) => events.push(['text', piece]),
                    close: (name, isImplied) => events.push(['close', name, isImplied]),
                });
                expect(joined(events)).toEqual(parsed(text));
            },
        ),
        { numRuns: 2000 },
    );
});
