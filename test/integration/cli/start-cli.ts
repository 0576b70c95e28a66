import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import {
    createTestCompany,
    csv,
    spend,
    spendHeader,
    spendInput,
    type TestCompany,
} from '../loading/company.ts';

const cli = fileURLToPath(new URL('../../../pipelines/cli.ts', import.meta.url));

/** A company with one day of spend in its warehouse. */
export async function createLoadedCompany(): Promise<TestCompany> {
    const company = createTestCompany();
    // A transform refuses a platform that belongs to no channel.
    const row = spend('2026-01-01', '1').replace('google,', 'google_ads,');
    company.write('ads/a.csv', csv(spendHeader, row));
    company.configure([spendInput]);
    await company.load();
    return company;
}

/** Says of marts a test wrote by hand what a transform says when it has run to its end. */
export async function finishMarts(company: TestCompany): Promise<void> {
    await company.query(
        `insert into jointly.step_state values ('transform', 'by hand', timestamp '2026-01-01')`,
    );
}

/** Starts the CLI in a process of its own, for the config and warehouse of a company. */
export function startCli(
    company: TestCompany,
    args: readonly string[],
    env: Record<string, string> = {},
) {
    const options = ['--config', company.configPath, '--warehouse', company.warehousePath];
    const child = spawn(process.execPath, [cli, ...args, ...options], {
        env: { ...process.env, ...env },
    });
    const out = { stdout: '', stderr: '' };
    child.stdout.on('data', (text) => {
        out.stdout += text;
    });
    child.stderr.on('data', (text) => {
        out.stderr += text;
    });
    return {
        child,
        out,
        closed: once(child, 'close') as Promise<[code: number | null, signal: string | null]>,
    };
}

/** Runs the CLI to its end, whatever that is. */
export async function runCli(company: TestCompany, ...args: string[]) {
    const { out, closed } = startCli(company, args);
    const [code] = await closed;
    return { code, ...out };
}
