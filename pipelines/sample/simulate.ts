import { FIRST_DAY, MONTH_COUNT, type Month, monthAt } from './calendar.ts';
import { createContact } from './contacts.ts';
import { createDealDesk } from './deals.ts';
import type { WrittenFile } from './export-file.ts';
import { writeAdExports } from './exports/ads.ts';
import { createWebExport } from './exports/web.ts';
import { liveLead } from './journey.ts';
import { createLeadDesk } from './lead-desk.ts';
import { createLeadLives } from './lead-life.ts';
import { createLeadPlanner, type PlannedLead } from './leads.ts';
import { createLedger } from './ledger.ts';
import { createOutboundSales } from './outbound.ts';
import { createRandom } from './random.ts';
import type { Lead, Session } from './records.ts';
import type { QuarterResult } from './results.ts';
import { drawAnonymousVisits, drawLeadPath } from './visits.ts';

/** Leads of April to June 2023 are lived too, so that the first exported month has deals. */
const WARM_UP_MONTHS = 3;

export interface Simulation {
    readonly files: readonly WrittenFile[];
    readonly quarters: readonly QuarterResult[];
}

/** Lives three years of the company and writes all its exports under `root`. */
export function simulateCompany(root: string, seed: number, factor: number): Simulation {
    const ledger = createLedger(root, seed);
    const leadDesk = createLeadDesk(root, seed, factor, ledger);
    const planLeads = createLeadPlanner(seed, factor);
    const openLife = createLeadLives(seed, ledger.sink);
    const desk = createDealDesk(seed, ledger.sink);
    const openOutbound = createOutboundSales(seed, factor, desk);
    const writeMonth = createWebExport(root, seed);
    const files: WrittenFile[] = [];
    const sessionsByMonth = new Map<string, Session[]>();
    let leadCount = 0;

    function liveMonth(month: Month): void {
        const random = createRandom(seed, 'contacts', month.key);
        const isWarmUp = month.index < 0;
        for (const planned of planLeads(month)) {
            leadCount += isWarmUp ? 0 : 1;
            const lead = createLead(random, planned, leadCount);
            const record = ledger.open(lead);
            liveLead(openLife(lead, month), desk.openForLead);
            if (!isWarmUp) leadDesk.follow(record);
            ledger.sink.lead(lead);
            if (isWarmUp || lead.visitorId === '') continue;
            keepSessions(drawLeadPath(random, lead.visitorId, lead.source, lead.createdAt));
        }
        openOutbound(month);
    }
    function keepSessions(sessions: readonly Session[]): void {
        for (const session of sessions) {
            const key = new Date(session.startedAt).toISOString().slice(0, 7);
            const known = sessionsByMonth.get(key);
            if (known === undefined) sessionsByMonth.set(key, [session]);
            else known.push(session);
        }
    }
    function writeSessions(month: Month): void {
        const ofLeads = sessionsByMonth.get(month.key) ?? [];
        sessionsByMonth.delete(month.key);
        const others = drawAnonymousVisits(seed, factor, month, ofLeads.length);
        files.push(writeMonth(month, ofLeads.concat(others)));
    }

    for (let index = -WARM_UP_MONTHS; index < MONTH_COUNT; index += 1) {
        liveMonth(monthAt(index));
        // A path may reach back into the month before, never further.
        if (index > 0) writeSessions(monthAt(index - 1));
    }
    writeSessions(monthAt(MONTH_COUNT - 1));

    files.push(...ledger.close(), ...leadDesk.close());
    files.push(...writeAdExports(root, seed, factor));
    return { files, quarters: ledger.quarters };
}

/** One lead in seven phones or writes: no visitor, no landing page. */
function createLead(
    random: ReturnType<typeof createRandom>,
    { source, createdAt }: PlannedLead,
    serial: number,
): Lead {
    const isOnline = random.chance(source.campaign === undefined ? 0.76 : 0.93);
    return {
        id: createdAt < FIRST_DAY ? '' : `L-${String(serial).padStart(6, '0')}`,
        createdAt,
        updatedAt: createdAt,
        source,
        line: source.line,
        visitorId: isOnline ? `v${random.hex(12)}` : '',
        landingPage: isOnline ? random.pick(source.tag.landingPages) : '',
        contact: createContact(random, source.line, serial),
    };
}
