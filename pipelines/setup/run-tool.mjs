import { spawn } from 'node:child_process';
import { pathOfTheMachine } from './paths.mjs';

const TAIL_LINES = 25;

/**
 * Run a tool to its end, keeping what it prints.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, shell?: boolean }} options
 * @returns {Promise<{ ok: boolean, stdout: string, tail: string }>} `tail` is the last lines of
 *     both streams, or why the tool could not be started
 */
export function runTool(command, args, { cwd, env, timeoutMs, shell = false } = {}) {
    return new Promise((done) => {
        const child = spawn(command, args, {
            cwd,
            shell,
            timeout: timeoutMs,
            stdio: ['ignore', 'pipe', 'pipe'],
            env: { ...machineEnvironment(), ...env },
        });
        let stdout = '';
        let both = '';
        child.stdout.on('data', (chunk) => {
            stdout += chunk;
            both += chunk;
        });
        child.stderr.on('data', (chunk) => {
            both += chunk;
        });
        child.on('error', (error) => done({ ok: false, stdout, tail: error.message }));
        child.on('close', (code, signal) => {
            const ended = signal === null ? '' : `${command} was ended by ${signal}`;
            const tail = [...lastLines(both), ended].filter((line) => line !== '').join('\n');
            done({ ok: code === 0, stdout, tail });
        });
    });
}

/** The environment a tool gets when the user, and not an npm script, starts it. */
function machineEnvironment() {
    const env = { ...process.env };
    const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
    env[key] = pathOfTheMachine(env[key] ?? '');
    return env;
}

/** @param {string} text */
function lastLines(text) {
    return text
        .split(/[\r\n]+/)
        .map((line) => line.trimEnd())
        .filter((line) => line !== '')
        .slice(-TAIL_LINES);
}
