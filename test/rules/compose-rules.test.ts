import { describe, expect, it } from 'vitest';
import { builtIn, type RuleFiles, refusalOf } from './rules-folder.ts';

const headers = {
    people: 'person_id,person_name,department_id,team,valid_from,valid_to',
    absences: 'person_id,absent_from,absent_to',
    targets: 'kpi,scope_type,scope_id,period_type,target_value,valid_from,valid_to',
};
const sound: RuleFiles = {
    'company/people': [headers.people, 'ana,Ana,sales,,2026-01-01,'],
    'company/absences': [headers.absences, 'ana,2026-07-01,2026-07-10'],
    'targets/targets': [
        headers.targets,
        'booked_revenue,person,ana,month,1000,2026-01-01,',
        'leads,company,company,month,100,2026-01-01,',
    ],
    'reference/sla_terms': builtIn('reference/sla_terms'),
};
const placesOf = (refusal: string | undefined) =>
    [...(refusal ?? '').matchAll(/^ {2}at: (\S+), line (\d+)/gm)].map(
        ([, file, line]) => `${file} ${line}`,
    );

describe('the rules of a company', () => {
    it('are refused for the first mistake of every file at once', async () => {
        const refusal = await refusalOf(
            sound,
            ['company/absences', 2, 'ana,2026-07-10,2026-07-01'],
            ['targets/targets', 2, 'booked_revenues,person,ana,month,1000,2026-01-01,'],
            ['targets/targets', 3, 'leadz,company,company,month,100,2026-01-01,'],
            ['reference/sla_terms', 2, 'no such row'],
        );
        expect(placesOf(refusal).toSorted()).toEqual([
            'company/absences.csv 2',
            'reference/sla_terms.csv 2',
            'targets/targets.csv 2',
        ]);
        expect(refusal).toContain('fix: did you mean booked_revenue?');
    });

    it('are not refused for what follows from a mistake in another file', async () => {
        const refusal = await refusalOf(sound, ['company/people', 2, 'bob,Bob,sails,,2026-01-01,']);
        expect(placesOf(refusal)).toEqual(['company/people.csv 2']);
    });

    it('are refused for a misspelt file, not for names that only it knows', async () => {
        const { 'company/people': people = [], ...others } = sound;
        const refusal = await refusalOf({ ...others, 'company/peple': people }, [
            'company/absences',
            2,
            'ana,2026-07-10,2026-07-01',
        ]);
        expect(refusal).toContain('company/peple.csv is no rule file of the product.');
        expect(placesOf(refusal)).toEqual(['company/absences.csv 2']);
    });
});
