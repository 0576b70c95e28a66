import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { projectRoot } from '../../../pipelines/config.ts';
import type { TestCompany } from './companies.ts';

const launcher = join(projectRoot, 'bin', 'jointly.mjs');

export interface Outcome {
    /** Null when a signal ended it. */
    readonly exitCode: number | null;
    readonly stdout: string;
    readonly stderr: string;
}

export interface Running {
    readonly child: ChildProcess;
    readonly outcome: Promise<Outcome>;
    /** Resolves when a line of stderr matches; rejects when the process ends before. */
    readonly says: (line: RegExp) => Promise<void>;
    /** SIGKILL for the process and everything it started, as when the machine goes down. */
    readonly crash: () => Promise<void>;
}

/** Starts `jointly <verb> --config … --warehouse … <more>`, as a user would. */
export function startJointly(company: TestCompany, verb: string, ...more: string[]): Running {
    const files = ['--config', company.config, '--warehouse', company.warehouse];
    const child = spawn(process.execPath, [launcher, ...verb.split(' '), ...files, ...more], {
        // A process group of its own, so that a crash takes dbt along.
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
        stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
        stderr += text;
    });
    const closed = once(child, 'close');
    const outcome = closed.then(([code]) => ({ exitCode: code as number | null, stdout, stderr }));
    return {
        child,
        outcome,
        says: (line) =>
            new Promise((found, failed) => {
                const look = () => line.test(stderr) && found();
                child.stderr.on('data', look);
                look();
                closed.then(() => failed(new Error(`It never said ${line}.\n${stderr}`)));
            }),
        crash: async () => {
            if (child.pid === undefined) throw new Error('The process never started.');
            process.kill(-child.pid, 'SIGKILL');
            await closed;
        },
    };
}

/** Runs a verb to its end, whatever that is. */
export function runJointly(
    company: TestCompany,
    verb: string,
    ...more: string[]
): Promise<Outcome> {
    return startJointly(company, verb, ...more).outcome;
}

/** Runs a verb that has to succeed. @throws Error with what it printed */
export async function succeed(
    company: TestCompany,
    verb: string,
    ...more: string[]
): Promise<Outcome> {
    const outcome = await runJointly(company, verb, ...more);
    if (outcome.exitCode !== 0) {
        const command = ['jointly', verb, ...more].join(' ');
        throw new Error(`${command} ended with ${outcome.exitCode}.\n${outcome.stderr}`);
    }
    return outcome;
}
