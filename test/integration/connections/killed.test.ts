import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { projectRoot } from '../../../pipelines/config.ts';
import { startHubspot } from '../../sources/hubspot/mock.ts';
import { createTestCompany, type TestCompany } from '../loading/company.ts';
import { crmRows } from './crm-rows.ts';

let hubspot: Awaited<ReturnType<typeof startHubspot>>;
let companies: TestCompany[];

beforeEach(async () => {
    companies = [];
    hubspot = await startHubspot();
    const changed = (id: number) => `2026-10-05T10:00:${String(id % 60).padStart(2, '0')}Z`;
    const ids = Array.from({ length: 130 }, (_, place) => place + 1);
    hubspot.objects.contacts = ids.map((id) => ({
        id: String(id),
        properties: {
            createdate: '2026-10-01T08:00:00Z',
            lastmodifieddate: changed(id),
            msclkid: `M${id}`,
        },
    }));
    hubspot.objects.deals = ids.map((id) => ({
        id: String(id),
        properties: {
            createdate: '2026-10-02T08:00:00Z',
            dealstage: 'appointmentscheduled',
            hs_lastmodifieddate: changed(id),
        },
        links: { contacts: [String(id)] },
    }));
});
afterEach(async () => {
    for (const company of companies) company.close();
    await hubspot.close();
});

function begin(): TestCompany {
    const company = createTestCompany();
    companies.push(company);
    company.write('.env', 'HUBSPOT_TOKEN=service-key\n');
    company.configure([], {
        connections: [
            { name: 'hubspot', system: 'hubspot', since: '2026-01-01', address: hubspot.address },
        ],
    });
    return company;
}

/** Loads in a process of its own, which is killed when it asks its question of this number. */
async function loadKilledAt(company: TestCompany, question: number): Promise<void> {
    const before = hubspot.requests.length;
    const files = ['--config', company.configPath, '--warehouse', company.warehousePath];
    const cli = join(projectRoot, 'pipelines', 'cli.ts');
    const child = spawn(process.execPath, [cli, 'load', ...files], { stdio: 'ignore' });
    hubspot.onRequest = () => {
        if (hubspot.requests.length - before === question) child.kill('SIGKILL');
    };
    const [, signal] = await once(child, 'exit');
    expect(signal).toBe('SIGKILL');
}

it('a load that was killed among its pages, and again, ends like one that was not', async () => {
    const undisturbed = begin();
    await undisturbed.load();
    const asked = hubspot.requests.length;
    const killed = begin();
    for (const question of [3, asked - 4]) await loadKilledAt(killed, question);
    hubspot.onRequest = () => {};
    await killed.load();
    expect(await crmRows(killed)).toEqual(await crmRows(undisturbed));
    expect(await killed.query('select feed, cursor from jointly.cursors order by all')).toEqual(
        await undisturbed.query('select feed, cursor from jointly.cursors order by all'),
    );
});
