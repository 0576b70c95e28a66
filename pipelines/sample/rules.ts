import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { createCsvFile, type WrittenFile } from './export-file.ts';
import { PEOPLE } from './people.ts';
import { PRODUCT_LINE_ROWS } from './product-lines.ts';
import type { QuarterResult } from './results.ts';
import { BRIEFING_HEADER, briefingRows } from './rules/campaign-briefings.ts';
import {
    ABSENCE_HEADER,
    absenceRows,
    CAPACITY_HEADER,
    COST_HEADER,
    COST_ROWS,
    capacityRows,
} from './rules/capacity.ts';
import {
    LOST_REASON_HEADER,
    LOST_REASON_ROWS,
    STAGE_HEADER,
    STAGE_ROWS,
} from './rules/pipeline.ts';
import { SUPPLY_HEADER, supplyRows } from './rules/supply.ts';
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

/** Rules that are written by hand and are the same for a company of any size. */
const HAND_WRITTEN = ['incentives', 'lead_quality', 'company/waivers.csv'] as const;

type Table = readonly [string, readonly string[], readonly (readonly string[])[]];

/**
 * Writes the company's own rule files under `rules/`. At factor 1 they are, byte for byte, the
 * seeds of the repository.
 */
export function writeRules(
    root: string,
    quarters: readonly QuarterResult[],
    factor: number,
): WrittenFile[] {
    const tables: readonly Table[] = [
        ['company/people', PEOPLE_HEADER, PEOPLE],
        ['company/product_lines', PRODUCT_LINE_HEADER, PRODUCT_LINE_ROWS],
        ['company/campaigns', CAMPAIGN_HEADER, CAMPAIGN_ROWS],
        ['company/campaign_briefings', BRIEFING_HEADER, briefingRows()],
        ['company/pipeline_stages', STAGE_HEADER, STAGE_ROWS],
        ['company/lost_reasons', LOST_REASON_HEADER, LOST_REASON_ROWS],
        ['company/sales_capacity', CAPACITY_HEADER, capacityRows(factor)],
        ['company/absences', ABSENCE_HEADER, absenceRows()],
        ['company/employment_costs', COST_HEADER, COST_ROWS],
        ['targets/targets', TARGET_HEADER, planTargets(quarters)],
        ['targets/headline_kpis', HEADLINE_HEADER, HEADLINE_ROWS],
        ['targets/supply_terms', SUPPLY_HEADER, supplyRows(quarters)],
    ];
    return tables.map(([name, header, rows]) => {
        const file = createCsvFile(root, `rules/${name}.csv`, header);
        for (const row of rows) file.row(row);
        return file.close();
    });
}

/** Rules nobody generates, as they lie in the seeds now: a changed plan needs no new exports. */
export function copyHandWrittenRules(root: string, seedsFolder: string): void {
    for (const name of HAND_WRITTEN) {
        const [written, copy] = [path.join(seedsFolder, name), path.join(root, 'rules', name)];
        if (contentsOf(written) === contentsOf(copy)) continue;
        rmSync(copy, { recursive: true, force: true });
        if (existsSync(written)) cpSync(written, copy, { recursive: true });
    }
}

function contentsOf(place: string): string {
    if (!existsSync(place)) return '';
    if (statSync(place).isFile()) return readFileSync(place, 'utf8');
    const names = readdirSync(place).toSorted();
    return JSON.stringify(
        names.map((name) => [name, readFileSync(path.join(place, name), 'utf8')]),
    );
}
