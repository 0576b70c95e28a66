import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createContext } from '../../../pipelines/cli/context.ts';
import { loadStep, type StepOptions } from '../../../pipelines/cli/steps.ts';
import { type MockHubspot, startHubspot } from '../../sources/hubspot/mock.ts';
import { createTestCompany, type TestCompany } from '../loading/company.ts';

/** Of people and of the company: none of it may stand in a log at the default level. */
/** The one that the mock takes. */
const secret = 'service-key';
const personal = ['Evelina', 'Novakova', 'evelina.novakova@example.com', 'Call about the divorce'];

let mock: MockHubspot;
let company: TestCompany;

beforeEach(async () => {
    mock = await startHubspot();
    mock.objects.contacts = [
        {
            id: '1',
            properties: {
                createdate: '2026-10-01T08:00:00Z',
                firstname: personal[0] ?? '',
                lastname: personal[1] ?? '',
                email: personal[2] ?? '',
                lastmodifieddate: '2026-10-01T08:00:00Z',
            },
        },
    ];
    mock.objects.calls = [
        {
            id: '21',
            properties: {
                hs_timestamp: '2026-10-03T09:00:00Z',
                hs_call_title: personal[3] ?? '',
                hs_lastmodifieddate: '2026-10-03T09:00:00Z',
            },
            links: { contacts: ['1'] },
        },
    ];
    company = createTestCompany();
    company.write('.env', `CRM_TOKEN=${secret}\n`);
    company.write(
        'leads.csv',
        `lead_id,created_at,full_name,email\n` +
            `a,2026-10-01T08:00:00Z,${personal[0]} ${personal[1]},${personal[2]}\n` +
            // Rejected, and the same person once more.
            `b,soon,${personal[0]} ${personal[1]},${personal[2]}\n`,
    );
    const columns = Object.fromEntries(
        ['lead_id', 'created_at', 'full_name', 'email'].map((name) => [name, name]),
    );
    company.configure(
        [{ name: 'desk', stream: 'leads', files: ['leads.csv'], columns, max_reject_share: 0.5 }],
        {
            connections: [
                { name: 'crm', system: 'hubspot', since: '2026-01-01', address: mock.address },
            ],
        },
    );
});
afterEach(async () => {
    vi.restoreAllMocks();
    company.close();
    await mock.close();
});

async function logOf(options: StepOptions = {}): Promise<string> {
    let text = '';
    for (const stream of [process.stderr, process.stdout]) {
        vi.spyOn(stream, 'write').mockImplementation((piece) => {
            text += piece;
            return true;
        });
    }
    const context = await createContext({
        config: company.configPath,
        warehouse: company.warehousePath,
    });
    await loadStep(context, options);
    vi.restoreAllMocks();
    return text;
}

function expectDiscreet(log: string): void {
    for (const word of [secret, ...personal]) expect(log).not.toContain(word);
}

it('a log says how much was loaded and rejected, and nothing of whom', async () => {
    const log = await logOf();
    expect(log).toMatch(/load leads +loaded +2 rows \(1 inserted, 1 rejected\)/);
    expect(log).toContain('load leads (crm)');
    expect(log).toContain('load activities (crm)');
    expectDiscreet(log);
    expectDiscreet(await logOf());
    expectDiscreet(await logOf({ replay: true }));
    expectDiscreet(await logOf({ dryRun: true, fullRefresh: true }));
});

it('a log of a failure quotes neither the token nor the answer that names people', async () => {
    mock.fail(/contacts/, {
        status: 401,
        body: { status: 'error', category: 'EXPIRED_AUTHENTICATION', message: `token ${secret}` },
    });
    const log = await logOf();
    expect(log).toContain('crm');
    expect(log).toContain('failed');
    expectDiscreet(log);
});
