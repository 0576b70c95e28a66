import type { Readable } from 'node:stream';
import { Parser } from 'htmlparser2';

/** What is told of a part of a workbook; names of elements come without their prefix. */
export interface XmlHandler {
    readonly open: (name: string) => void;
    readonly attribute?: (name: string, value: string) => void;
    readonly text?: (text: string) => void;
    readonly close?: (name: string) => void;
    /** Asked now and then: true ends the reading. */
    readonly isDone?: () => boolean;
    /** Waited for after every piece that was read. */
    readonly drain?: () => Promise<void>;
}

/** Reads XML from front to back, piece by piece. */
export async function readXml(bytes: Readable, handler: XmlHandler): Promise<void> {
    const parser = new Parser(
        {
            onopentagname: (name) => handler.open(localName(name)),
            onattribute: (name, value) => handler.attribute?.(name, value),
            ontext: (text) => handler.text?.(text),
            onclosetag: (name) => handler.close?.(localName(name)),
        },
        { xmlMode: true },
    );
    bytes.setEncoding('utf8');
    for await (const piece of bytes as AsyncIterable<string>) {
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
