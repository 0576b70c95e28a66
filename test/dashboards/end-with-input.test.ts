import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

const module = new URL('../../dashboards/building/end-with-input.ts', import.meta.url);

function start(work: string) {
    const script = `import { endWithInput } from '${module}'; endWithInput(); ${work}`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
        stdio: ['pipe', 'pipe', 'inherit'],
    });
    return { child, closed: once(child, 'close') };
}

test('a build ends when the program that started it is gone', async () => {
    const { child, closed } = start("setInterval(() => {}, 1000); process.stdout.write('busy');");
    await once(child.stdout, 'data');
    child.stdin.destroy();
    expect(await closed).toEqual([null, 'SIGTERM']);
});

test('a build that is done ends, though that program is still there', async () => {
    const { closed } = start("process.stdout.write('done');");
    expect(await closed).toEqual([0, null]);
});
