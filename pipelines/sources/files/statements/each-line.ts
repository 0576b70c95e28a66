import type { EntrySink } from './entry.ts';

/** Hands over the lines of a text, counted from 1, until the sink wants no more. */
export async function eachLine(
    text: AsyncIterable<string>,
    { isDone, drain }: EntrySink,
    take: (line: string, number: number) => void,
): Promise<void> {
    let rest = '';
    let number = 0;
    for await (const piece of text) {
        const lines = (rest + piece).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
            number += 1;
            take(withoutEnd(line), number);
            if (isDone()) return;
        }
        await drain();
    }
    if (withoutEnd(rest) !== '') take(withoutEnd(rest), number + 1);
}

function withoutEnd(line: string): string {
    return line.endsWith('\r') ? line.slice(0, -1) : line;
}
