import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Config } from '../../pipelines/config.ts';
import { composeRules } from '../../pipelines/rules/compose-rules.ts';

let directory: string;
beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jointly-names-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

function write(file: string, content: string | Uint8Array): void {
    const path = join(directory, 'rules', `${file}.csv`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
}

const compose = () =>
    composeRules(
        { company: {}, rules: join(directory, 'rules') } as Config,
        join(directory, 'written'),
    );

const targetHeader = 'kpi,scope_type,scope_id,period_type,target_value,valid_from,valid_to\n';
const peopleHeader = 'person_id,person_name,department_id,team,valid_from,valid_to\n';
const lineHeader = 'product_line_id,product_line_label,valid_from,valid_to';

describe('a name in a rule', () => {
    it.each([
        ['company/people', peopleHeader, 'all,Alla,sales,,2026-01-01,', 'person_id'],
        ['company/people', peopleHeader, 'Unattributed,U,sales,,2026-01-01,', 'person_id'],
        [
            'company/product_lines',
            `${lineHeader}\n`,
            'all,Everything,2026-01-01,',
            'product_line_id',
        ],
    ])('is none of the words by which pages call totals: %s', async (file, header, row, column) => {
        write(file, `${header}${row}\n`);
        await expect(compose()).rejects.toThrow(
            `${file}.csv, line 2, column ${column}: expected an id other than all and unattributed`,
        );
    });

    it('passes when the catalogue and the lists of the company know it', async () => {
        write('company/people', `${peopleHeader}ana,Ana,sales,,2026-01-01,\n`);
        write(
            'targets/targets',
            `${targetHeader}booked_revenue,person,ana,month,1000,2026-01-01,\nleads,campaign,any,month,3,2026-01-01,\n`,
        );
        await expect(compose()).resolves.toBeDefined();
    });

    it.each([
        [
            'of a KPI nobody computes',
            'booked_revenues,company,company',
            "line 2, column kpi: expected a KPI of the catalogue, got 'booked_revenues'",
            'did you mean booked_revenue?',
        ],
        [
            'of a scope the KPI is not computed for',
            'leads,person,ana',
            "line 2, column scope_type: expected one of company, department, channel, campaign, product_line, got 'person'",
            'correct the scope, or choose another KPI',
        ],
        [
            'of a department in another case',
            'booked_revenue,department,Sales',
            "line 2, column scope_id: expected one of marketing, sales, got 'Sales'",
            'did you mean sales?',
        ],
        [
            'of a person who is not there',
            'booked_revenue,person,anna',
            "line 2, column scope_id: expected a person_id of company/people.csv, got 'anna'",
            'did you mean ana?',
        ],
        [
            'of a channel that is not there',
            'leads,channel,paid-search',
            "line 2, column scope_id: expected a channel_id of reference/channels.csv, got 'paid-search'",
            'did you mean paid_search?',
        ],
    ])('is refused %s', async (_, target, place, fix) => {
        write('company/people', `${peopleHeader}ana,Ana,sales,,2026-01-01,\n`);
        write('targets/targets', `${targetHeader}${target},month,1000,2026-01-01,\n`);
        await expect(compose()).rejects.toThrow(place);
        await expect(compose()).rejects.toThrow(fix);
    });

    it('of a product line is written in lower case, in which exports are compared', async () => {
        write(
            'company/product_lines',
            `${lineHeader}\nfenster,Fenster,2026-01-01,\nHaustüren,Haustüren,2026-01-01,\n`,
        );
        await expect(compose()).rejects.toThrow(
            "line 3, column product_line_id: expected lower case, in which the names of exports are compared, got 'Haustüren'",
        );
    });
});

it('a rule file in another encoding is refused with its line', async () => {
    const content = `${peopleHeader}sabine,Sabine,sales,,2026-01-01,\nkohler,Köhler,sales,,2026-01-01,\n`;
    write('company/people', Buffer.from(content, 'latin1'));
    await expect(compose()).rejects.toThrow(/people\.csv is not written in UTF-8\.\n.*line 3/);
});

it('text where a whole number belongs is named with its line', async () => {
    write(
        'incentives/plan_components',
        'plan_id,component_id,component_order,component_name,kpi,scope_type,scope_id,measure,weight,curve,payout_basis,threshold,cap,gate_id,valid_from,valid_to\n' +
            'p,c,first,Leads,leads,company,company,attainment,1.00,linear,target_amount,,,,2026-01-01,\n',
    );
    await expect(compose()).rejects.toThrow(
        "line 2, column component_order: expected a whole number of at least 1, got 'first'",
    );
});
