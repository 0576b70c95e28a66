import { cpSync, existsSync } from 'node:fs';
import path from 'node:path';
import { createCsvFile, type WrittenFile } from './export-file.ts';
import { PEOPLE } from './people.ts';
import { PRODUCT_LINE_ROWS } from './product-lines.ts';
import type { QuarterResult } from './results.ts';
import { CAMPAIGN_ROWS } from './sources.ts';
import { HEADLINE_ROWS, planTargets, TARGET_HEADER } from './targets.ts';

const PEOPLE_HEADER = [
    'person_id',
    'person_name',
    'department_id',
    'team',
    'valid_from',
    'valid_to',
];
const PRODUCT_LINE_HEADER = ['product_line_id', 'product_line_label', 'valid_from', 'valid_to'];
const CAMPAIGN_HEADER = ['campaign_id', 'product_line_id'];
const HEADLINE_HEADER = ['side', 'kpi', 'valid_from', 'valid_to'];

/**
 * Writes the company's own rule files under `rules/`. At factor 1 they are, byte for byte, the
 * seeds of the repository; the incentive plans are the repository's at every factor.
 */
export function writeRules(
    root: string,
    quarters: readonly QuarterResult[],
    incentivesFolder: string,
): WrittenFile[] {
    const tables: readonly (readonly [
        string,
        readonly string[],
        readonly (readonly string[])[],
    ])[] = [
        ['company/people', PEOPLE_HEADER, PEOPLE],
        ['company/product_lines', PRODUCT_LINE_HEADER, PRODUCT_LINE_ROWS],
        ['company/campaigns', CAMPAIGN_HEADER, CAMPAIGN_ROWS],
        ['targets/targets', TARGET_HEADER, planTargets(quarters)],
        ['targets/headline_kpis', HEADLINE_HEADER, HEADLINE_ROWS],
    ];
    if (existsSync(incentivesFolder)) {
        cpSync(incentivesFolder, path.join(root, 'rules/incentives'), { recursive: true });
    }
    return tables.map(([name, header, rows]) => {
        const file = createCsvFile(root, `rules/${name}.csv`, header);
        for (const row of rows) file.row(row);
        return file.close();
    });
}
