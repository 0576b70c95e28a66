import { parseRow } from '../json-fields.ts';

export interface UnreadableLine {
    /** From 1. */
    readonly line: number;
    readonly got: string;
}

const shownLength = 80;

/** The first line that holds no event. */
export async function firstUnreadable(text: AsyncIterable<string>): Promise<UnreadableLine> {
    let line = 0;
    let rest = '';
    for await (const piece of text) {
        const lines = (rest + piece).split('\n');
        rest = lines.pop() ?? '';
        for (const one of lines) {
            line += 1;
            if (!isEvent(one)) return { line, got: one.trim().slice(0, shownLength) };
        }
    }
    return { line: line + 1, got: rest.trim().slice(0, shownLength) };
}

function isEvent(line: string): boolean {
    if (line.trim() === '') return true;
    const { event_name: name, event_timestamp: at } = parseRow(line);
    return typeof name === 'string' && /^\d+$/.test(String(at));
}
