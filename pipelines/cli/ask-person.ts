import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Asks one thing; hidden, what is typed is not shown. Undefined without a terminal. */
export type AskPerson = (question: string, isHidden: boolean) => Promise<string>;

type Asking = AskPerson & { readonly close: () => void };

/** Asks on the terminal; undefined where there is none. */
export function askOnTerminal(): Asking | undefined {
    if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
    return askOn(process.stdin, process.stderr);
}

/** Asks on a terminal. */
export function askOn(input: NodeJS.ReadableStream, shown: NodeJS.WritableStream): Asking {
    let isHidden = false;
    const output = new Writable({
        write: (piece, _encoding, done) => {
            if (!isHidden) shown.write(piece);
            done();
        },
    });
    const terminal = createInterface({ input, output, terminal: true });
    const ask = async (question: string, hide: boolean) => {
        // The line is drawn anew with its question: what was written there before is wiped out.
        const answer = terminal.question(`${question}: `);
        isHidden = hide;
        try {
            return await answer;
        } finally {
            isHidden = false;
            if (hide) shown.write('\n');
        }
    };
    return Object.assign(ask, { close: () => terminal.close() });
}
