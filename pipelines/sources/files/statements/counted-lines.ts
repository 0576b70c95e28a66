/** Text whose places are known by their line; asked from front to back, it forgets what lies behind. */
export function countedLines(text: AsyncIterable<string>): {
    readonly text: AsyncIterable<string>;
    /** Line, from 1, of a place in characters from 0; never before one asked for earlier. */
    readonly lineAt: (index: number) => number;
} {
    let ends: number[] = [];
    let next = 0;
    let offset = 0;
    let line = 1;
    async function* counted() {
        for await (const piece of text) {
            ends = ends.slice(next);
            next = 0;
            for (let at = piece.indexOf('\n'); at !== -1; at = piece.indexOf('\n', at + 1)) {
                ends.push(offset + at);
            }
            offset += piece.length;
            yield piece;
        }
    }
    return {
        text: counted(),
        lineAt: (index) => {
            while (next < ends.length && (ends[next] ?? index) < index) {
                next += 1;
                line += 1;
            }
            return line;
        },
    };
}
