import { spawn } from 'node:child_process';
import { pathOfTheMachine } from './paths.mjs';

const TAIL_LINES = 25;

/**
 * Run a tool to its end, keeping what it prints.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, idleMs?: number | undefined,
 *     shell?: boolean }} options `idleMs` ends a tool that says nothing for so long
 * @returns {Promise<{ ok: boolean, isStalled: boolean, stdout: string, output: string }>}
 *     `output` is both streams, or why the tool could not be started
 */
export function runTool(command, args, { cwd, env, timeoutMs, idleMs, shell = false } = {}) {
    return new Promise((done) => {
        const child = spawn(command, args, {
            cwd,
            shell,
            timeout: timeoutMs,
            stdio: ['ignore', 'pipe', 'pipe'],
            env: { ...machineEnvironment(), ...env },
        });
        const idle = watchForSilence(child, idleMs);
        let stdout = '';
        let output = '';
        child.stdout.on('data', (chunk) => {
            stdout += chunk;
            output += chunk;
        });
        child.stderr.on('data', (chunk) => {
            output += chunk;
        });
        child.on('error', ({ message }) => {
            idle.stop();
            done({ ok: false, isStalled: false, stdout, output: message });
        });
        child.on('close', (code, signal) => {
            idle.stop();
            if (signal !== null) output += `\n${command} was ended by ${signal}`;
            done({ ok: code === 0, isStalled: idle.isStalled(), stdout, output });
        });
    });
}

/**
 * The last lines of what a tool said, without empty ones.
 *
 * @param {string} output
 */
export function tailOf(output) {
    return output
        .split(/[\r\n]+/)
        .map((line) => line.trimEnd())
        .filter((line) => line !== '')
        .slice(-TAIL_LINES)
        .join('\n');
}

/**
 * @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable,
 *     import('node:stream').Readable>} child
 * @param {number | undefined} idleMs
 */
function watchForSilence(child, idleMs) {
    let stalled = false;
    if (idleMs === undefined) return { stop: () => {}, isStalled: () => stalled };
    const timer = setTimeout(() => {
        stalled = true;
        // A stalled npm does not act on gentler signals.
        child.kill('SIGKILL');
    }, idleMs);
    child.stdout.on('data', () => timer.refresh());
    child.stderr.on('data', () => timer.refresh());
    return { stop: () => clearTimeout(timer), isStalled: () => stalled };
}

/** The environment a tool gets when the user, and not an npm script, starts it. */
function machineEnvironment() {
    const env = { ...process.env };
    const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
    env[key] = pathOfTheMachine(env[key] ?? '');
    return env;
}
