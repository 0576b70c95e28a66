import { describe, expect, it } from 'vitest';
import { errorLines } from '../../pipelines/setup/npm.mjs';
import { runSteps } from '../../pipelines/setup/run-steps.mjs';
import { runTool } from '../../pipelines/setup/run-tool.mjs';
import { SetupError } from '../../pipelines/setup/setup-error.mjs';

function step(name: string, run: () => Promise<void>, after: string[] = []) {
    return { name, needs: [], after, isDone: () => false, run };
}

async function fail(): Promise<void> {
    throw new SetupError('pip could not install.', {
        fix: 'npm run setup',
        exitCode: 3,
        output: 'no route to host',
    });
}

describe('the steps of the set-up', () => {
    it('report a failure with the tool’s words and the fix, and finish the others', async () => {
        const lines: string[] = [];
        const steps = [
            step('Python', fail),
            step('Linter', async () => {}, ['Python']),
            step('Node', async () => {}),
        ];
        const failures = await runSteps(steps, (line: string) => lines.push(line));
        const text = lines.join('\n');
        expect(failures).toHaveLength(1);
        expect(text).toContain(
            '    no route to host\nError: pip could not install.\nFix:   npm run setup',
        );
        expect(text).toMatch(/^ {2}skip {2}Linter/m);
        expect(text).toMatch(/^ {2}ok {4}Node +\d+\.\d s$/m);
    });

    it('run in the order of what they wait for', async () => {
        const order: string[] = [];
        const slow = async () => {
            await new Promise((done) => setTimeout(done, 30));
            order.push('Python');
        };
        const steps = [
            step('Python', slow),
            step('Linter', async () => void order.push('Linter'), ['Python']),
        ];
        const lines: string[] = [];
        await runSteps(steps, (line: string) => lines.push(line));
        expect(order).toEqual(['Python', 'Linter']);
        // Each is named when it begins, not only when it is done.
        expect(lines.map((line) => line.trim().split(/ +/).slice(0, 2).join(' '))).toEqual([
            'run Python',
            'ok Python',
            'run Linter',
            'ok Linter',
        ]);
    });
});

describe('a tool', () => {
    it('that says nothing for too long is ended and called stalled', async () => {
        const result = await runTool(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], {
            idleMs: 200,
        });
        expect(result).toMatchObject({ ok: false, isStalled: true });
    });

    it('that keeps talking is left alone', async () => {
        const talk =
            'let n = 0; const t = setInterval(() => { console.log(n); if (++n > 20) clearInterval(t); }, 200)';
        // A busy machine needs a second or two to start a process.
        const result = await runTool(process.execPath, ['-e', talk], { idleMs: 4000 });
        expect(result).toMatchObject({ ok: true, isStalled: false });
    });

    it('that is npm is quoted without its warnings and help', () => {
        const output = [
            'npm warn EBADENGINE x',
            'npm error code EUSAGE',
            'npm error',
            'npm error Missing: a@1',
        ];
        expect(errorLines(output.join('\n'))).toBe('npm error code EUSAGE\nnpm error Missing: a@1');
    });
});
