import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { askOn } from '../../pipelines/cli/ask-person.ts';

/** What stands on the last line of a terminal, on which a line is wiped out before it is drawn anew. */
const lastLine = (written: string) => written.split('\u001b[0J').at(-1) ?? '';

it('a question stands on the terminal while it is answered, and what is secret never does', async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    let written = '';
    output.on('data', (piece) => {
        written += piece;
    });
    const ask = askOn(input, output);
    const name = ask('Name of the connection', false);
    expect(lastLine(written)).toContain('Name of the connection: ');
    input.write('shop\r');
    expect(await name).toBe('shop');
    expect(lastLine(written)).toContain('shop');
    const key = ask('Key (not shown)', true);
    expect(lastLine(written)).toContain('Key (not shown): ');
    input.write('s3cret\r');
    expect(await key).toBe('s3cret');
    expect(written).not.toContain('s3cret');
    ask.close();
});
