import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Asks one thing; hidden, what is typed is not shown. Undefined without a terminal. */
export type AskPerson = (question: string, isHidden: boolean) => Promise<string>;

/** Asks on the terminal; undefined where there is none. */
export function askOnTerminal(): (AskPerson & { readonly close: () => void }) | undefined {
    if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
    let isHidden = false;
    const output = new Writable({
        write: (piece, _encoding, done) => {
            if (!isHidden) process.stderr.write(piece);
            done();
        },
    });
    const terminal = createInterface({ input: process.stdin, output, terminal: true });
    const ask = async (question: string, hide: boolean) => {
        process.stderr.write(`${question}: `);
        isHidden = hide;
        try {
            return await terminal.question('');
        } finally {
            isHidden = false;
            if (hide) process.stderr.write('\n');
        }
    };
    return Object.assign(ask, { close: () => terminal.close() });
}
