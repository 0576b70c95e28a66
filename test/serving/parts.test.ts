import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Serving, serveSite } from '../../pipelines/serving/serve.ts';
import { writeUsers } from '../../pipelines/serving/users.ts';
import { type Asked, ask as askAt, build, buildSite, gateOf } from './site.ts';

const owner = (audience: string, id: string, rest = {}) => ({
    ...{ audience, id, address: id, part: `${audience}-${id}` },
    ...rest,
});

const readers = {
    pages: {
        '/': 'everyone',
        '/finance': 'finance',
        '/team/[department]': 'department',
        '/finance/statement/[payee]': 'payee',
    },
    owners: [
        owner('department', 'marketing'),
        owner('department', 'sales'),
        owner('payee', 'ana', { name: 'Ana', department: 'marketing' }),
        owner('payee', 'boris', { name: 'Boris', department: 'sales' }),
        owner('payee', 'carla', { name: 'Carla', department: null }),
    ],
};

/** One file of each kind in every part. */
const parts: Readonly<Record<string, readonly string[]>> = {
    everyone: ['index.html', 'data/everyone/manifest.json', '_app/immutable/entry/app.js'],
    code: ['_app/immutable/nodes/5.js'],
    finance: ['finance/index.html', 'data/finance/rpt_payouts.0123456789ab.parquet'],
    'department-marketing': [
        'team/marketing/index.html',
        'api/department-marketing/results/a.arrow',
    ],
    'department-sales': ['team/sales/index.html'],
    'payee-ana': ['finance/statement/ana/index.html', 'data/payee-ana/manifest.json'],
    'payee-boris': ['finance/statement/boris/index.html', 'data/payee-boris/manifest.json'],
    'payee-carla': ['finance/statement/carla/index.html'],
};

let directory: string;
let serving: Serving;
beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'jointly-parts-'));
    const site = join(directory, 'state', 'site');
    buildSite(site, { '404.html': 'nothing here' }, readers);
    for (const [part, files] of Object.entries(parts)) {
        build(join(site, part), Object.fromEntries(files.map((file) => [file, part])));
    }
    const usersFile = join(directory, 'users.json');
    const user = (name: string, groups: string[], payee?: string) => ({
        name,
        groups,
        ...(payee === undefined ? {} : { payee }),
    });
    writeUsers(usersFile, [
        user('irina', ['finance']),
        user('mara', ['lead:marketing'], 'carla'),
        user('ana', [], 'ana'),
        user('boris', [], 'boris'),
        user('guest', []),
        user('typo', ['lead:saels'], 'bors'),
    ]);
    const settings = { identity_header: 'x-user', proxies: ['127.0.0.1'] };
    serving = await serveSite(site, 0, { gate: gateOf(settings, { usersFile }) });
});
afterAll(async () => {
    await serving.close();
    rmSync(directory, { recursive: true, force: true });
});

const ask = (asked: Asked) => askAt(`http://127.0.0.1:${serving.port}/`, asked);
const as = (name: string) => ({ 'x-user': name });

/** Each part of which somebody gets a file, in one line; what differs within a part is said. */
async function partsReadBy(headers: Readonly<Record<string, string>>): Promise<string> {
    const read: string[] = [];
    for (const [part, files] of Object.entries(parts)) {
        for (const path of files) {
            const { status, text } = await ask({ path, headers });
            expect(status === 200 ? text : part, path).toBe(part);
            if (status === 200) read.push(path);
            else expect([401, 404], path).toContain(status);
        }
        expect([0, files.length]).toContain(files.filter((file) => read.includes(file)).length);
    }
    return Object.keys(parts)
        .filter((part) => parts[part]?.some((file) => read.includes(file)))
        .join(' ');
}

describe('of every path of every part', () => {
    it.each([
        ['nobody', {}, ''],
        ['a stranger', as('mallory'), ''],
        ['somebody who writes a cookie', { cookie: 'jointly-gates=irina' }, ''],
        ['somebody who writes other headers', { 'x-forwarded-user': 'irina' }, ''],
        ['a guest', as('guest'), 'everyone'],
        ['whoever is misspelt', as('typo'), 'everyone'],
        ['a payee', as('ana'), 'everyone code payee-ana'],
        ['another payee', as('boris'), 'everyone code payee-boris'],
        [
            'a lead, who is a payee elsewhere',
            as('mara'),
            'everyone code department-marketing payee-ana payee-carla',
        ],
        ['finance', as('irina'), Object.keys(parts).join(' ')],
    ])('%s gets what is theirs', async (_, headers, expected) => {
        expect(await partsReadBy(headers)).toBe(expected);
    });

    it('what is not theirs is answered as what is not there', async () => {
        const headers = { ...as('ana'), accept: 'text/html' };
        const closed = await ask({ path: 'finance/statement/boris/', headers });
        const missing = await ask({ path: 'finance/statement/nobody/', headers });
        const { date: _, ...shown } = closed.headers;
        const { date: __, ...expected } = missing.headers;
        expect([closed.status, closed.text, shown]).toEqual([404, missing.text, expected]);
        for (const path of [
            'finance/statement/ana/../boris/',
            'finance/statement/ana/..%2fboris/',
            'payee-boris/finance/statement/boris/',
            '../payee-boris/finance/statement/boris/',
            'readers.json',
            'data/payee-ana/../payee-boris/manifest.json',
        ]) {
            expect([path, (await ask({ path, headers: as('ana') })).status]).toEqual([path, 404]);
        }
    });

    it('pay is kept by no browser', async () => {
        const { headers } = await ask({
            path: 'data/finance/rpt_payouts.0123456789ab.parquet',
            headers: as('irina'),
        });
        expect(headers['cache-control']).toBe('private, no-store');
    });
});

describe('every read of pay', () => {
    it('is noted with who, whose and when, in a file of its owner; no other read is', async () => {
        const state = join(directory, 'state');
        const files = () => readdirSync(state).filter((name) => name.startsWith('pay-reads-'));
        for (const name of files()) rmSync(join(state, name));
        await ask({ headers: as('ana') });
        await ask({ path: '_app/immutable/nodes/5.js', headers: as('ana') });
        await ask({ path: 'finance/statement/boris/', headers: as('ana') });
        expect(files()).toEqual([]);
        await ask({ path: 'finance/statement/ana/', headers: as('ana') });
        await ask({ path: 'finance/', method: 'HEAD', headers: as('irina') });
        const [name = ''] = files();
        expect(statSync(join(state, name)).mode & 0o777).toBe(0o600);
        const lines = readFileSync(join(state, name), 'utf8').trim().split('\n');
        const read = lines.map((line) => JSON.parse(line));
        const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/);
        expect(read).toEqual([
            {
                at,
                user: 'ana',
                address: '127.0.0.1',
                content: 'pay of the payee ana',
                path: '/finance/statement/ana/',
            },
            {
                at,
                user: 'irina',
                address: '127.0.0.1',
                content: 'pay of all (finance)',
                path: '/finance/',
            },
        ]);
    });
});

describe('the navigation', () => {
    const said = async (name: string) =>
        JSON.parse((await ask({ path: 'reader.json', headers: as(name) })).text);

    it('leads each reader to what is theirs', async () => {
        expect(await said('ana')).toMatchObject({
            pages: ['/'],
            teams: [],
            own: { id: 'ana', href: '/finance/statement/ana/' },
        });
        expect(await said('mara')).toMatchObject({
            pages: ['/'],
            teams: [{ id: 'marketing', href: '/team/marketing/' }],
            own: { id: 'carla', href: '/finance/statement/carla/' },
        });
        expect(await said('irina')).toMatchObject({ pages: ['/', '/finance'], teams: [] });
        expect(await said('guest')).toEqual({
            name: 'guest',
            pages: ['/'],
            teams: [],
            has_access_page: false,
            has_session: false,
        });
    });

    it.each([
        ['ana', 'my', '/finance/statement/ana/'],
        ['mara', 'team/', '/team/marketing/'],
        ['guest', 'my/', undefined],
        ['ana', 'team', undefined],
    ])('%s asks for /%s and is led to %s', async (name, path, expected) => {
        const { status, headers } = await ask({ path, headers: as(name) });
        expect([status, headers.location]).toEqual([expected ? 303 : 404, expected]);
    });
});

describe('who can see what', () => {
    it('is for finance, by user and by payee, and says what names nobody', async () => {
        for (const name of ['ana', 'mara', 'guest']) {
            expect((await ask({ path: 'access/', headers: as(name) })).status).toBe(404);
        }
        const { text } = await ask({ path: 'access/', headers: as('irina') });
        const rows = [...text.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
            [...row.matchAll(/<td>(.*?)<\/td>/gs)].map(([, cell = '']) =>
                cell
                    .replace(/<[^>]*>/g, ' ')
                    .replace(/\s+/g, ' ')
                    .trim(),
            ),
        );
        const see = 'See as';
        expect(rows.filter((row) => row.length > 0)).toEqual([
            ['irina', 'finance', 'everybody', see],
            ['mara', 'leads marketing, payee carla', 'Ana, Carla', see],
            ['ana', 'payee ana', 'Ana', see],
            ['boris', 'payee boris', 'Boris', see],
            ['guest', '', 'nobody', see],
            ['typo', 'leads saels, payee bors', 'nobody no statements of bors, saels', see],
            ['Ana', 'irina, mara, ana'],
            ['Boris', 'irina, boris'],
            ['Carla', 'irina, mara'],
        ]);
    });

    it('says no more than that everybody reads everything where nobody signs in', async () => {
        const open = await serveSite(join(directory, 'state', 'site'), 0, { gate: gateOf({}) });
        try {
            const { text } = await askAt(`http://127.0.0.1:${open.port}/`, { path: 'access/' });
            expect(text).toContain('whoever is at this machine reads the pay of everybody');
            expect(text).not.toContain('<table');
        } finally {
            await open.close();
        }
    });

    it('finance sees the pages as somebody else does, and nobody else can', async () => {
        const token = async (name: string) => {
            const { text } = await ask({ path: 'access/', headers: as(name) });
            return /name="token" value="([^"]+)"/.exec(text)?.[1] ?? '';
        };
        const own = await token('irina');
        const see = (name: string, fields: Record<string, string>) =>
            ask({
                path: 'access/as',
                method: 'POST',
                headers: as(name),
                body: new URLSearchParams(fields).toString(),
            });
        expect((await see('ana', { user: 'irina', token: own })).status).toBe(403);
        expect((await see('irina', { user: 'ana', token: 'x' })).status).toBe(403);
        expect((await see('irina', { user: 'ana', token: own })).status).toBe(303);
        expect(await partsReadBy(as('irina'))).toBe('everyone code payee-ana');
        expect((await ask({ path: 'access/', headers: as('irina') })).status).toBe(200);
        await see('irina', { user: '', token: own });
        expect(await partsReadBy(as('irina'))).toBe(Object.keys(parts).join(' '));
    });
});
