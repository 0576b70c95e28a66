import type { Readable } from 'node:stream';
import { Tokenizer } from 'htmlparser2';

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
    const reader = xmlReader(handler);
    for await (const piece of text) {
        reader.write(piece);
        await handler.drain?.();
        if (handler.isDone?.()) return;
    }
    reader.end();
}

const ignore = () => {};

/**
 * The library's own parser knows HTML, too, and asks at every element which of the two it reads: on a
 * sheet of two million cells that takes half of the time. XML needs its tokens and a list of what is
 * open.
 */
function xmlReader(handler: XmlHandler) {
    /** What is not used up, and its place in the text. */
    let rest = '';
    let offset = 0;
    /** Place in the text up to which everything was told. */
    let used = 0;
    const open: string[] = [];
    /** The same names without their prefixes. */
    const openLocals: string[] = [];
    let attribute = '';
    let value = '';

    const cut = (start: number, end: number): string => {
        used = end;
        return rest.slice(start - offset, end - offset);
    };
    const closeLast = (isImplied: boolean) => {
        open.pop();
        handler.close?.(openLocals.pop() ?? '', isImplied);
    };
    /** Mostly the last name that was opened, which need not be cut out to be known. */
    const isLast = (start: number, end: number) => {
        const name = open.at(-1);
        return name?.length === end - start && rest.startsWith(name, start - offset);
    };

    const tokens = new Tokenizer(
        { xmlMode: true },
        {
            onopentagname: (start, end) => {
                const name = cut(start, end);
                const local = localName(name);
                open.push(name);
                openLocals.push(local);
                handler.open(local, start - 1);
            },
            onattribname: (start, end) => {
                attribute = cut(start, end);
                value = '';
            },
            onattribdata: (start, end) => {
                value += cut(start, end);
            },
            onattribentity: (codePoint) => {
                value += String.fromCodePoint(codePoint);
            },
            onattribend: () => handler.attribute?.(attribute, value),
            ontext: (start, end) => handler.text?.(cut(start, end)),
            ontextentity: (codePoint, end) => {
                used = end;
                handler.text?.(String.fromCodePoint(codePoint));
            },
            oncdata: (start, end, ending) => handler.text?.(cut(start, end - ending)),
            onselfclosingtag: () => closeLast(true),
            onclosetag: (start, end) => {
                if (isLast(start, end)) used = end;
                else {
                    const at = open.lastIndexOf(cut(start, end));
                    if (at === -1) return;
                    while (open.length > at + 1) closeLast(true);
                }
                closeLast(false);
            },
            onend: () => {
                while (open.length > 0) closeLast(true);
            },
            onopentagend: ignore,
            oncomment: ignore,
            ondeclaration: ignore,
            onprocessinginstruction: ignore,
        },
    );
    return {
        write: (piece: string) => {
            rest = rest.slice(used - offset) + piece;
            offset = used;
            tokens.write(piece);
        },
        end: () => tokens.end(),
    };
}

/** A name without its prefix, which every program chooses for itself. */
export function localName(name: string): string {
    const colon = name.indexOf(':');
    return colon === -1 ? name : name.slice(colon + 1);
}
