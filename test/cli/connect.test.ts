import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AskPerson } from '../../pipelines/cli/ask-person.ts';
import { type ConnectOptions, connectSystem } from '../../pipelines/cli/connect.ts';
import { checkConnection, listSources, testSources } from '../../pipelines/cli/connections.ts';
import { createContext } from '../../pipelines/cli/context.ts';
import { writeStarter } from '../../pipelines/cli/init.ts';
import { connectionSchema } from '../../pipelines/sources/registry.ts';
import { startMock } from '../sources/api/mock-server.ts';
import { type MockHubspot, startHubspot } from '../sources/hubspot/mock.ts';

let directory: string;
let config: string;
let mock: MockHubspot;
let said: string[];

beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'jointly-connect-'));
    writeStarter(directory);
    config = join(directory, 'company.config.ts');
    mock = await startHubspot();
    said = [];
});
afterEach(async () => {
    rmSync(directory, { recursive: true });
    await mock.close();
});

let copies = 0;

/** A module is read once in a process, so each reading is of a copy, which is the config from then on. */
function contextOf() {
    const ending = config.endsWith('.json') ? 'json' : 'ts';
    const copy = join(directory, `company-${copies++}.config.${ending}`);
    copyFileSync(config, copy);
    config = copy;
    return createContext({ config, warehouse: join(directory, 'state', 'w.duckdb') });
}

async function connect(system: string, options: Partial<ConnectOptions> = {}, ask?: AskPerson) {
    return connectSystem(
        await contextOf(),
        system,
        { set: [`address=${mock.address}`], ...options },
        { say: (text) => said.push(text), ask },
    );
}

/** A person who types the service key when it is asked for, and a day. */
const typing =
    (key: string, hidden: string[] = []): AskPerson =>
    async (question, isHidden) => {
        if (isHidden) hidden.push(question);
        if (isHidden) return key;
        return question.startsWith('First day') ? '2026-01-01' : '';
    };

describe('connect', () => {
    it('asks, tries, and writes the config and the secrets, which it never shows', async () => {
        const hidden: string[] = [];
        const done = await connect('hubspot', {}, typing('service-key', hidden));
        expect(said.join('\n')).toContain('crm.objects.deals.read');
        expect(said.join('\n')).toContain('ok: 2 owners, 3 deal stages');
        expect(hidden).toEqual(['service key (not shown)']);
        expect([...said, ...done].join('\n')).not.toContain('service-key');
        expect(done.join('\n')).toContain('.env: 1 secret, ');
        expect(done.join('\n')).toContain('pipelines/sources/hubspot/README.md');
        expect(readFileSync(config, 'utf8')).not.toContain('service-key');
        expect(readFileSync(join(directory, '.env'), 'utf8')).toBe('HUBSPOT_TOKEN=service-key\n');
        expect(statSync(join(directory, '.env')).mode & 0o777).toBe(0o600);
        const context = await contextOf();
        expect(context.config.connections).toMatchObject([
            { name: 'hubspot', system: 'hubspot', since: '2026-01-01', version: '2026-09' },
        ]);
        const lines: string[] = [];
        await testSources(context, [], (text) => lines.push(text));
        expect(lines.join()).toContain('ok      hubspot: 2 owners');
        expect(listSources(context.config)).toContain('connection  hubspot');
    });

    it('takes flags instead, and adds one connection to another', async () => {
        writeFileSync(
            join(directory, '.env'),
            'OTHER=1\nEU_TOKEN=service-key\nUS_TOKEN=service-key\n',
        );
        await connect('hubspot', { name: 'eu', since: '2026-01-01' });
        await connect('hubspot', { name: 'us', since: '2026-02-01' });
        const { connections } = (await contextOf()).config;
        expect(connections.map(({ name }) => name)).toEqual(['us', 'eu']);
        expect(readFileSync(join(directory, '.env'), 'utf8')).toContain('OTHER=1');
    });

    it('takes lists and quotes what would end a value of .env', async () => {
        await connect(
            'meta_ads',
            { since: '2026-01-01', set: ['account_ids=act_1, act_2'], untested: true },
            typing(`to#ken "x"`),
        );
        const { connections } = (await contextOf()).config;
        expect(connections).toMatchObject([{ account_ids: ['act_1', 'act_2'] }]);
        expect(checkConnection((await contextOf()).config, connections[0] as never)).toBe('v26.0');
        expect(readFileSync(join(directory, '.env'), 'utf8')).toBe(`META_ADS_TOKEN='to#ken "x"'\n`);
    });

    it('lets a person consent where that brings the secret, and keeps what it brought', async () => {
        const provider = await startMock(() => ({
            body: { access_token: 'a', refresh_token: 'brought' },
        }));
        const hidden: string[] = [];
        const ask: AskPerson = async (question, isHidden) => {
            if (!isHidden) return '';
            hidden.push(question);
            if (question.startsWith('client id')) return 'id';
            if (question.startsWith('primary client secret')) return 'secret';
            if (question.startsWith('refresh token')) return '';
            const url = said.join('\n').match(/^http.*authorization.*$/m)?.[0] ?? '';
            const state = new URL(url).searchParams.get('state');
            return `https://www.linkedin.com/developers/tools/oauth/redirect?code=c&state=${state}`;
        };
        const set = [`address=${provider.address}`, 'account_ids=512345678'];
        await connect('linkedin_ads', { since: '2026-01-01', set, untested: true }, ask);
        await provider.close();
        expect(hidden.map((one) => one.split(' (')[0])).toEqual([
            'client id of the app',
            'primary client secret of the app',
            'refresh token with the scopes r_ads and r_ads_reporting',
            'The whole address your browser ended on, or the code',
        ]);
        expect(readFileSync(join(directory, '.env'), 'utf8').split('\n').toSorted()).toEqual([
            '',
            'LINKEDIN_ADS_CLIENT_ID=id',
            'LINKEDIN_ADS_CLIENT_SECRET=secret',
            'LINKEDIN_ADS_REFRESH_TOKEN=brought',
        ]);
        expect(said.join('\n')).not.toMatch(/brought|secret=/);
    });

    it.each<[string, string, Partial<ConnectOptions>, string]>([
        ['a system nobody knows', 'hubspott', {}, 'did you mean hubspot?'],
        ['a day that is missing', 'hubspot', {}, 'give it with --since'],
        [
            'a setting that is missing',
            'meta_ads',
            { since: '2026-01-01', set: [] },
            '--set account_ids=',
        ],
        ['a setting that is none', 'hubspot', { set: ['x'] }, 'is not setting=value'],
        [
            'a secret that is not set',
            'hubspot',
            { since: '2026-01-01' },
            'HUBSPOT_TOKEN is not set',
        ],
    ])('says what to do about %s', async (_, system, options, words) => {
        const before = readFileSync(config, 'utf8');
        await expect(connect(system, options)).rejects.toThrow(words);
        expect(readFileSync(config, 'utf8')).toBe(before);
    });

    it('writes nothing when the system refuses', async () => {
        const before = readFileSync(config, 'utf8');
        await expect(connect('hubspot', {}, typing('wrong-key'))).rejects.toThrow(
            'a new service key',
        );
        expect(readFileSync(config, 'utf8')).toBe(before);
        expect(() => statSync(join(directory, '.env'))).toThrow();
    });

    it('adds to a config in JSON', async () => {
        config = join(directory, 'company.config.json');
        const company = { id: 'x', name: 'X', currency: 'EUR', timezone: 'UTC', country: 'RO' };
        writeFileSync(config, JSON.stringify({ company }));
        await connect('hubspot', {}, typing('service-key'));
        expect((await contextOf()).config.connections).toHaveLength(1);
    });
});

describe('the version of an API', () => {
    const of = async (version: string, now: string) => {
        writeFileSync(join(directory, '.env'), 'CRM_TOKEN=x\n');
        const { config: read } = await contextOf();
        const connection = connectionSchema.parse({
            name: 'crm',
            system: 'hubspot',
            since: '2026-01-01',
            version,
        });
        return checkConnection(read, connection, Date.parse(now));
    };

    it('is warned of ninety days before its last day, with what to set', async () => {
        expect(await of('2026-03', '2027-07-01')).not.toContain('left');
        expect(await of('2026-03', '2027-07-02')).toContain(
            "90 days are left; set version: '2026-09' in connection crm",
        );
    });

    it('that is over is a failure', async () => {
        await expect(of('2026-03', '2027-10-02')).rejects.toThrow('which is over');
    });
});
