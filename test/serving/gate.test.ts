import { argon2Sync } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAttempts } from '../../pipelines/serving/attempts.ts';
import type { Gate } from '../../pipelines/serving/gate.ts';
import { hashPassword, isPassword } from '../../pipelines/serving/password.ts';
import { type Serving, serveSite } from '../../pipelines/serving/serve.ts';
import { findUser, readUsers, type User, writeUsers } from '../../pipelines/serving/users.ts';
import { type Asked, ask as askAt, build, buildSite, gateOf } from './site.ts';

const password = 'correct horse battery';
/** As cheap as argon2id can be: what a real one costs is tried once. */
let hash: string;
beforeAll(() => {
    const nonce = Buffer.from('some salt');
    const cost = { message: password, nonce, parallelism: 1, tagLength: 32, memory: 8, passes: 1 };
    const [salt, tag] = [nonce, argon2Sync('argon2id', cost)].map((one) =>
        one.toString('base64').replace(/=+$/, ''),
    );
    hash = `$argon2id$v=19$m=8,t=1,p=1$${salt}$${tag}`;
});

let directory: string;
let usersFile: string;
let serving: Serving | undefined;
beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'jointly-gate-'));
    usersFile = join(directory, 'users.json');
    buildSite(join(directory, 'site'), {
        'index.html': 'the first page',
        '404.html': 'nothing here',
        'sales/index.html': 'sales',
        'data/site.json': '{}',
    });
    writeUsers(usersFile, [user('Ana', { password: hash }), user('irina@acme.example')]);
});
afterEach(async () => {
    await serving?.close();
    serving = undefined;
    rmSync(directory, { recursive: true, force: true });
});

const user = (name: string, rest: Partial<User> = {}): User => ({ name, groups: [], ...rest });

async function serve(gate: Gate): Promise<void> {
    serving = await serveSite(join(directory, 'site'), 0, { gate });
}

const ask = (asked: Asked) => askAt(`http://127.0.0.1:${serving?.port}/`, asked);

const html = { accept: 'text/html' };
const cookiesOf = ({ headers }: { headers: { 'set-cookie'?: string[] | undefined } }) =>
    (headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).join('; ');

/** The form as a browser has it: its cookie, and what is hidden in it. */
async function openForm(path = 'sign-in') {
    const page = await ask({ path, headers: html });
    const hidden = (name: string) =>
        new RegExp(`name="${name}" value="([^"]*)"`).exec(page.text)?.[1] ?? '';
    return { cookie: cookiesOf(page), token: hidden('token'), next: hidden('next') };
}

const post = (path: string, fields: Readonly<Record<string, string>>, headers = {}) =>
    ask({
        path,
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: new URLSearchParams(fields).toString(),
    });

async function signIn(name: string, given: string, headers = {}) {
    const { cookie, token, next } = await openForm();
    return post('sign-in', { name, password: given, token, next }, { cookie, ...headers });
}

describe('a password', () => {
    it('is kept as argon2id, and is known again however its letters were typed', async () => {
        const accented = await hashPassword('p\u00e9 lang genug ist');
        expect(accented).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=4\$/);
        expect(await isPassword('pe lang genug ist', accented)).toBe(false);
        expect(await isPassword('pe\u0301 lang genug ist', accented)).toBe(true);
        await expect(hashPassword('short')).rejects.toThrow(
            'expected 12 to 1024 characters, got 5',
        );
    });

    it('is verified as another program computed it', async () => {
        // Printed by the reference implementation: argon2 somesalt -id -t 2 -m 16 -p 1, of "password".
        const reference =
            '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
        expect(await isPassword('password', reference)).toBe(true);
    });
});

describe('the file of users', () => {
    it('can be read by its owner alone, and is refused when others can', () => {
        expect(statSync(usersFile).mode & 0o777).toBe(0o600);
        chmodSync(usersFile, 0o640);
        expect(() => readUsers(usersFile)).toThrow(`chmod 600 ${usersFile}`);
    });

    it.each([
        ['{"users": [{"name": "ana", "groups": ["boss"]}]}', 'users.0.groups.0: finance, or lead:'],
        ['{"users": [{"name": "ana"}, {"name": "ANA"}]}', 'users.1.name: ANA is there twice'],
        ['{"users": [{"name": "ana", "password": "secret"}]}', 'users.0.password: a hash as'],
        ['{"users": [{"name": "ana", "admin": true}]}', 'users.0: Unrecognized key: "admin"'],
        ['{"users": ', 'is no JSON'],
    ])('that holds %s is refused with the place', (text, message) => {
        build(directory, { 'users.json': text });
        expect(() => readUsers(usersFile)).toThrow(message);
    });

    it.each([
        ['a group without a department', user('Boris', { groups: ['lead:'] })],
        ['a name of two words', user('Boris Popa')],
        ['nobody as payee', user('Boris', { payee: '' })],
        ['the same name in capitals', user('ANA')],
    ])('is not written with %s, which nobody could read again', (_, added) => {
        const before = readUsers(usersFile);
        expect(() => writeUsers(usersFile, [...before, added])).toThrow(/users\.2\./);
        expect(readUsers(usersFile)).toEqual(before);
    });

    it('finds a name in capitals, and none that only looks like it', () => {
        const users = [user('mark@acme.example'), user('Ångström')];
        expect(findUser(users, 'MARK@Acme.example')?.name).toBe('mark@acme.example');
        expect(findUser(users, 'ÅNGSTRÖM')?.name).toBe('Ångström');
        // The sign of kelvin and that of the unit, whose small letters are k and å.
        expect(findUser(users, 'mar\u212a@acme.example')).toBeUndefined();
        expect(findUser(users, '\u212bngström')).toBeUndefined();
    });

    it('says what to do where it is named and not there', () => {
        const missing = join(directory, 'nobody.json');
        expect(() => gateOf({}, { usersFile: missing })).toThrow(
            `There is no file of users ${missing}`,
        );
    });
});

describe('a public address without a way to sign in', () => {
    it.each([
        { address: '0.0.0.0', public_url: 'http://localhost:3000' },
        { address: '192.168.1.5', public_url: 'https://localhost' },
        { public_url: 'https://numbers.example.com' },
        { host_names: ['numbers.example.com'] },
    ])('%o is refused', (settings) => {
        expect(() => gateOf(settings)).toThrow('nobody signs in');
        expect(gateOf(settings, { usersFile }).isOpen).toBe(false);
    });

    it.each([
        [{ public_url: 'http://numbers.example.com' }, 'in the clear'],
        [{ address: '0.0.0.0' }, 'not this machine alone'],
        [{ identity_header: 'x-user' }, 'anybody could send it'],
        [{ proxies: ['10.0.0.0/33'] }, 'an IP address or a network'],
        [{ proxies: ['proxy.example.com'] }, 'an IP address or a network'],
        [{ open_id: { issuer: 'https://id.example', client_id: 'a' } }, 'sends people back'],
    ])('settings %o are refused', (settings, message) => {
        expect(() => gateOf(settings)).toThrow(message);
    });
});

describe('with passwords', () => {
    beforeEach(() => serve(gateOf({}, { usersFile })));

    it('nobody reads anything before signing in; a page leads to the form and back', async () => {
        const page = await ask({ path: 'sales/?period=2025-q4', headers: html });
        expect([page.status, page.headers.location]).toEqual([
            303,
            '/sign-in?next=%2Fsales%2F%3Fperiod%3D2025-q4',
        ]);
        for (const path of ['', 'data/site.json', 'nowhere', 'sign-in/callback', '../users.json']) {
            const { status, text } = await ask({ path });
            expect([path, status, text]).toEqual([path, 401, 'Sign in first.\n']);
        }
        const form = await openForm('sign-in?next=%2Fsales%2F%3Fperiod%3D2025-q4');
        const fields = { name: 'ana', password, ...form };
        const answer = await post('sign-in', fields, { cookie: form.cookie });
        expect([answer.status, answer.headers.location]).toEqual([303, '/sales/?period=2025-q4']);
        const cookie = cookiesOf(answer);
        expect((await ask({ path: 'sales/', headers: { cookie } })).text).toBe('sales');
    });

    it('the cookie is for this site and no script', async () => {
        const { headers } = await signIn('Ana', password);
        expect(headers['set-cookie']?.[0]).toMatch(
            /^jointly-gates=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200$/,
        );
    });

    it.each([
        ['a wrong password', 'Ana', 'wrong horse battery'],
        ['a name nobody has', 'boris', password],
        ['somebody who signs in elsewhere', 'irina@acme.example', ''],
        ['no name', '', ''],
    ])('%s is answered in the same words', async (_, name, given) => {
        const { status, text, headers } = await signIn(name, given);
        expect([
            status,
            headers['set-cookie']?.some((one) => one.startsWith('jointly-gates=')),
        ]).toEqual([401, false]);
        expect(text).toContain('Name or password is wrong.');
        expect(text).not.toContain(given || 'boris');
    });

    it('a form that another site sends, or one of another browser, signs nobody in', async () => {
        const { cookie, token } = await openForm();
        const other = await openForm();
        const fields = { name: 'Ana', password };
        for (const [sent, headers] of [
            [fields, {}],
            [fields, { cookie }],
            [{ ...fields, token: 'x' }, { cookie }],
            [{ ...fields, token: other.token }, { cookie }],
            [{ ...fields, token }, {}],
        ] as const) {
            expect((await post('sign-in', sent, headers)).status).toBe(403);
        }
        expect((await post('sign-in', { ...fields, token }, { cookie })).status).toBe(303);
    });

    it.each([
        ['https://attacker.example/', '/'],
        ['//attacker.example/', '/'],
        ['/\\attacker.example/', '/'],
        ['/.//attacker.example/', '/'],
        ['javascript:alert(1)', '/'],
        ['/sales/?a="><script>', '/sales/?a=%22%3E%3Cscript%3E'],
    ])('it leads on to no other site: %s', async (next, expected) => {
        const form = await openForm(`sign-in?next=${encodeURIComponent(next)}`);
        expect(form.next.replaceAll('&#34;', '"')).toBe(expected);
        const { cookie, token } = form;
        const fields = { name: 'ana', password, token, next };
        const { headers } = await post('sign-in', fields, { cookie });
        expect(headers.location).toBe(expected);
    });

    it('after five failures from one place it takes a quarter of an hour, there alone', async () => {
        const { cookie, token, next } = await openForm();
        const attempt = (name: string, given: string) =>
            post('sign-in', { name, password: given, token, next }, { cookie });
        const failures = await Promise.all(
            Array.from({ length: 8 }, () => attempt('Ana', 'not this one')),
        );
        expect(failures.map(({ status }) => status).toSorted()).toEqual([
            ...Array(5).fill(401),
            ...Array(3).fill(429),
        ]);
        const blocked = await attempt('ANA', password);
        expect([blocked.status, blocked.headers['retry-after']]).toEqual([
            429,
            expect.stringMatching(/^(8\d\d|900)$/),
        ]);
        expect((await attempt('boris', password)).status).toBe(401);
    });

    it('an attempt that nobody had time to look at is no failure', () => {
        const attempts = createAttempts();
        for (let attempt = 0; attempt < 60; attempt++) {
            expect(attempts.begin('Ana', '203.0.113.9')).toBe(0);
            attempts.untried('Ana', '203.0.113.9');
        }
    });

    it('signing out ends the session at the server, and only for who asked', async () => {
        const cookie = cookiesOf(await signIn('Ana', password));
        const token = await tokenOf(cookie);
        expect((await post('sign-out', {}, { cookie })).status).toBe(403);
        expect((await post('sign-out', { token }, {})).status).toBe(403);
        expect((await ask({ headers: { cookie } })).status).toBe(200);
        const out = await post('sign-out', { token }, { cookie });
        expect([out.status, out.headers.location]).toEqual([303, '/signed-out']);
        expect(out.headers['clear-site-data']).toBe('"cache", "storage"');
        expect((await ask({ headers: { cookie } })).status).toBe(401);
    });

    it.each([
        ['another password', (one: User) => [{ ...one, password: other }]],
        ['no user any more', () => []],
    ])('%s ends the session', async (_, change) => {
        const cookie = cookiesOf(await signIn('Ana', password));
        expect((await ask({ headers: { cookie } })).status).toBe(200);
        writeUsers(usersFile, change(user('Ana', { password: hash })));
        expect((await ask({ headers: { cookie } })).status).toBe(401);
    });

    it('a forged cookie, or a header that names somebody, is nobody', async () => {
        for (const headers of [
            { cookie: `jointly-gates=${'A'.repeat(43)}` },
            { cookie: 'jointly-gates=Ana' },
            { 'x-user': 'Ana', 'x-forwarded-user': 'Ana', authorization: 'Basic QW5hOg==' },
        ]) {
            expect((await ask({ headers })).status).toBe(401);
        }
    });

    it('outlives long and malformed requests, slow ones and a thousand connections', async () => {
        const port = serving?.port ?? 0;
        const sockets = await Promise.all(
            Array.from({ length: 1000 }, async () => {
                const socket = connect(port, '127.0.0.1');
                socket.on('error', () => {});
                await once(socket, 'connect');
                socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
                return socket;
            }),
        );
        for (const [text, status] of [
            ['GET / HTTP/9.9\r\n\r\n', 400],
            ['\0\0\0\0\r\n\r\n', 400],
            [`GET /${'a'.repeat(70_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 431],
            ['GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
            ['POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n', 400],
        ] as const) {
            expect([text.slice(0, 20), await statusOf(port, text)]).toEqual([
                text.slice(0, 20),
                status,
            ]);
        }
        const long = await post('sign-in', { name: 'x'.repeat(20_000) }).catch(() => undefined);
        expect(long?.status ?? 413).toBe(413);
        const cookie = cookiesOf(await signIn('Ana', password));
        expect((await ask({ headers: { cookie } })).text).toBe('the first page');
        for (const socket of sockets) socket.destroy();
    });
});

const other = `$argon2id$v=19$m=65536,t=3,p=4$${'B'.repeat(22)}$${'B'.repeat(43)}`;

/** What the pages send along when somebody signs out. */
async function tokenOf(cookie: string): Promise<string> {
    const { text } = await ask({ path: 'reader.json', headers: { cookie } });
    return JSON.parse(text).token;
}

async function statusOf(port: number, text: string): Promise<number> {
    const socket: Socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(text);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    return Number(/^HTTP\/1\.1 (\d+)/.exec(answer.toString('latin1'))?.[1]);
}

describe('behind a proxy that reaches readers by https', () => {
    it('cookies are for https alone, and browsers never come by http again', async () => {
        const public_url = 'https://numbers.example.com';
        await serve(gateOf({ public_url, proxies: ['127.0.0.1'] }, { usersFile }));
        const { headers } = await signIn('Ana', password, { host: 'numbers.example.com' });
        expect(headers['set-cookie']?.[0]).toMatch(/^__Host-jointly-gates=.*; Secure$/);
        expect(headers['strict-transport-security']).toBe('max-age=31536000');
        expect((await ask({ headers: { host: 'attacker.example' } })).status).toBe(421);
    });

    it('who failed is the client the proxy names, not what the client wrote itself', async () => {
        await serve(gateOf({ proxies: ['127.0.0.1', '10.0.0.0/8'] }, { usersFile }));
        const from = (written: string) => ({ 'x-forwarded-for': written });
        for (let attempt = 0; attempt < 5; attempt++) {
            const headers = from(`1.2.3.${attempt}, 203.0.113.9, 10.1.2.3`);
            expect((await signIn('Ana', 'not this one', headers)).status).toBe(401);
        }
        expect((await signIn('Ana', password, from('203.0.113.9'))).status).toBe(429);
        expect((await signIn('Ana', password, from('203.0.113.9, 203.0.113.10'))).status).toBe(303);
    });

    it.each([
        ['an address', (port: number) => `203.0.113.9:${port}, 10.1.2.3:${port}`],
        ['one of IPv6', (port: number) => `[2001:db8::${port}]:${port}`],
        ['one of IPv6 alone', (port: number) => `"[2001:db8::${port}]"`],
    ])('a port that the proxy writes behind %s makes nobody somebody else', async (_, written) => {
        await serve(gateOf({ proxies: ['127.0.0.1', '10.0.0.0/8'] }, { usersFile }));
        for (let port = 50_000; port < 50_005; port++) {
            const headers = { 'x-forwarded-for': written(port % 10_000) };
            expect((await signIn('Ana', 'not this one', headers)).status).toBe(401);
        }
        const headers = { 'x-forwarded-for': written(9) };
        expect((await signIn('Ana', password, headers)).status).toBe(429);
    });
});

describe('with a header of a proxy', () => {
    it('the header counts from a listed address alone', async () => {
        await serve(gateOf({ identity_header: 'x-user', proxies: ['127.0.0.1'] }, { usersFile }));
        const as = async (name: string) =>
            (await ask({ headers: { ...html, 'x-user': name } })).status;
        expect(await as('ana')).toBe(200);
        expect(await as('IRINA@acme.example')).toBe(200);
        for (const name of ['', 'boris', 'ana, ana', 'ana ']) {
            expect([name, await as(name)]).toEqual([name, name === 'ana ' ? 200 : 401]);
        }
        await serving?.close();
        await serve(gateOf({ identity_header: 'x-user', proxies: ['10.0.0.0/8'] }, { usersFile }));
        expect(await as('ana')).toBe(401);
    });

    it('somebody who is not listed reads what everybody does where the config says so', async () => {
        const settings = { identity_header: 'x-user', proxies: ['127.0.0.1'] };
        await serve(gateOf({ ...settings, unlisted: 'everyone' }, { usersFile }));
        expect((await ask({ headers: { 'x-user': 'boris' } })).status).toBe(200);
    });
});

it('no password stands in the file of users', () => {
    expect(readFileSync(usersFile, 'utf8')).not.toContain(password);
});
