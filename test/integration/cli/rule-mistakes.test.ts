import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csv, spendInput, type TestCompany } from '../loading/company.ts';
import { createLoadedCompany, runCli } from './start-cli.ts';

let company: TestCompany;

beforeAll(async () => {
    company = await createLoadedCompany();
    company.configure([spendInput], { rules: 'rules' });
    company.write(
        'rules/company/people.csv',
        csv(
            'person_id,person_name,department_id,team,valid_from,valid_to',
            'a,A,sails,,2026-01-01,',
        ),
    );
    company.write(
        'rules/targets/targets.csv',
        csv(
            'kpi,scope_type,scope_id,period_type,target_value,valid_from,valid_to',
            'leadz,company,company,month,100,2026-01-01,',
        ),
    );
});
afterAll(() => company.close());

describe('mistakes in two rule files', () => {
    it('stop a run before it loads, both of them named', async () => {
        const { code, stderr } = await runCli(company, 'run');
        expect(code).toBe(2);
        expect(stderr).toMatch(/^ {2}at: \S+people\.csv, line 2, column department_id: /m);
        expect(stderr).toMatch(/^ {2}at: \S+targets\.csv, line 2, column kpi: /m);
        expect(stderr).not.toContain('ad_spend');
    });

    it('stand at the end of what doctor prints, behind all that is ok', async () => {
        const { code, stdout, stderr } = await runCli(company, 'doctor');
        const [checks = '', failures = ''] = stdout.split('\n\n');
        expect(checks).toMatch(/^failed {2}rules: /m);
        expect(checks).toMatch(/^ok +input ads: /m);
        expect(failures).toMatch(/^failed {2}rules: .*people\.csv/);
        expect(failures).toContain('did you mean leads?');
        expect(failures).not.toMatch(/^ok /m);
        expect(stderr).toMatch(/^Error: 1 of 8 checks failed\./);
        expect(code).toBe(2);
    });
});
