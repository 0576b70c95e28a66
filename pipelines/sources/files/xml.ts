import type { Readable } from 'node:stream';
import { Parser } from 'htmlparser2';

/** What is told of an XML file; names of elements come without their prefix. */
export interface XmlHandler {
    /** `index` is the place of the element in the text, in characters from 0. */
    readonly open: (name: string, index: number) => void;
    readonly attribute?: (name: string, value: string) => void;
    readonly text?: (text: string) => void;
    /** `isImplied` where nothing closes the element: it has no content, or the XML is broken. */
    readonly close?: (name: string, isImplied: boolean) => void;
    /** Asked now and then: true ends the reading. */
    readonly isDone?: () => boolean;
    /** Waited for after every piece that was read. */
    readonly drain?: () => Promise<void>;
}

/** Reads XML in UTF-8 from front to back, piece by piece. */
export async function readXml(bytes: Readable, handler: XmlHandler): Promise<void> {
    bytes.setEncoding('utf8');
    await readXmlText(bytes as AsyncIterable<string>, handler);
}

/** Reads the text of XML from front to back, piece by piece. */
export async function readXmlText(text: AsyncIterable<string>, handler: XmlHandler): Promise<void> {
    const parser = new Parser(
        {
            onopentagname: (name) => handler.open(localName(name), parser.startIndex),
            onattribute: (name, value) => handler.attribute?.(name, value),
            ontext: (piece) => handler.text?.(piece),
            onclosetag: (name, isImplied) => handler.close?.(localName(name), isImplied),
        },
        { xmlMode: true },
    );
    for await (const piece of text) {
        parser.write(piece);
        await handler.drain?.();
        if (handler.isDone?.()) return;
    }
    parser.end();
}

/** A name without its prefix, which every program chooses for itself. */
export function localName(name: string): string {
    const colon = name.indexOf(':');
    return colon === -1 ? name : name.slice(colon + 1);
}
