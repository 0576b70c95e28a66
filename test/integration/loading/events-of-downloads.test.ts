import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeStarter } from '../../../pipelines/cli/init.ts';
import { inputsFrom } from '../../../pipelines/cli/init-from.ts';
import { readConfig } from '../../../pipelines/config.ts';
import { extractAndLoad } from '../../../pipelines/run/extract-load.ts';
import { openWarehouse, type Warehouse } from '../../../pipelines/warehouse/connection.ts';
import { countsByStream, csv } from './company.ts';

let folder: string;
let warehouse: Warehouse;
beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'jointly-events-'));
    mkdirSync(join(folder, 'downloads'));
    warehouse = await openWarehouse(join(folder, 'warehouse.duckdb'));
});
afterEach(async () => {
    await warehouse.close();
    rmSync(folder, { recursive: true, force: true });
});

it('dates beside contacts and deals load as events with the config that init writes', async () => {
    const write = (name: string, ...lines: readonly string[]) =>
        writeFileSync(join(folder, 'downloads', name), csv(...lines));
    write(
        'contacts.csv',
        'Contacts of the summer',
        '',
        'Record ID;First Name;Email;Create Date;Became a Marketing Qualified Lead Date;"Date entered ""Marketing Qualified Lead (Lifecycle Stage Pipeline)""";Became a Customer Date;Became a Lead Date',
        '8001;Al;a@bay.example;01.07.2026 10:00;02.07.2026 09:00;03.07.2026 09:00;20.07.2026 12:00;01.07.2026 10:00',
        '8002;Bo;b@bay.example;01.07.2026 11:00;;05.07.2026 23:30;;01.07.2026 11:00',
        '8003;Cy;c@bay.example;02.07.2026 11:00;;;;02.07.2026 11:00',
    );
    write(
        'deals.csv',
        'Record ID,Deal Name,Deal Stage,Pipeline,Amount,Currency,Create Date,Close Date,"Date entered ""Contract Sent (Sales Pipeline)""","Date entered ""Closed Won (Sales Pipeline)"""',
        '7001,Gate,Closed Won,Sales,1500.50,EUR,2026-07-01 10:00,2026-07-20 12:00,2026-07-10 09:15,2026-07-20 12:00',
        '7002,Door,Contract Sent,Sales,900.00,EUR,2026-07-02 10:00,2026-09-30 12:00,2026-07-12 08:00,',
    );
    const target = join(folder, 'acme');
    const { inputs } = await inputsFrom(join(folder, 'downloads'), target);
    writeStarter(target, inputs);
    const config = await readConfig(join(target, 'company.config.ts'));
    const outcomes = await extractAndLoad(warehouse, config, {
        isFullRefresh: false,
        onStream: () => {},
    });
    expect(countsByStream(outcomes)).toMatchObject({
        leads: { inserted: 3, rejected: 0 },
        lead_events: { inserted: 3, rejected: 0 },
        deals: { inserted: 2, rejected: 0 },
        deal_stage_history: { inserted: 3, rejected: 0 },
    });
    const rowsOf = async (stream: string, columns: string) => {
        const sql = `select concat_ws(' ', ${columns}) as line from raw_files.${stream} order by 1`;
        return (await warehouse.query<{ line: string }>(sql)).map(({ line }) => line);
    };
    // The clock of the company, in Berlin, is two hours ahead in July.
    expect(config.company.timezone).toBe('Europe/Berlin');
    expect(await rowsOf('lead_events', 'lead_id, event_type, occurred_at')).toEqual([
        '8001 customer 2026-07-20 10:00:00',
        '8001 mql 2026-07-02 07:00:00',
        '8002 mql 2026-07-05 21:30:00',
    ]);
    expect(await rowsOf('deal_stage_history', 'deal_id, stage, entered_at')).toEqual([
        '7001 Closed Won 2026-07-20 10:00:00',
        '7001 Contract Sent 2026-07-10 07:15:00',
        '7002 Contract Sent 2026-07-12 06:00:00',
    ]);
});
