import { DAY } from '../calendar.ts';
import { createCsvFile, type WrittenFile } from '../export-file.ts';
import { localMoment, utcMoment } from '../format.ts';
import { createRandom, type Random } from '../random.ts';
import type { Activity, Lead, LeadEvent } from '../records.ts';

export interface LeadExport {
    lead(lead: Lead): void;
    leadEvent(event: LeadEvent): void;
    activity(activity: Activity): void;
    close(): WrittenFile[];
}

/** Names of the product lines as the CRM's users know them. */
export const PRODUCT_LABELS = { gates: 'Gates', parts: 'Spare parts' } as const;

const LEAD_HEADER = [
    'Lead ID',
    'Created Date',
    'Web Visitor',
    'Lead Source',
    'Campaign ID',
    'Landing Page',
    'Product Interest',
    'Full Name',
    'Email',
    'Company',
    'Country',
    'Last Modified',
];
const EVENT_HEADER = ['Event ID', 'Lead ID', 'Event', 'Event Time', 'User', 'Reason', 'Verdict'];
const ACTIVITY_HEADER = [
    'Activity ID',
    'Lead ID',
    'Deal ID',
    'User',
    'Type',
    'Direction',
    'Automated',
    'Activity Time',
];

/** Writes leads on the company's clock, their events and activities in UTC. */
export function createLeadExport(root: string, seed: number): LeadExport {
    const random = createRandom(seed, 'lead dirt');
    const leads = createCsvFile(root, 'crm/leads.csv', LEAD_HEADER, { hasByteOrderMark: true });
    const events = createCsvFile(root, 'crm/lead_events.csv', EVENT_HEADER);
    const activities = createCsvFile(root, 'crm/activities.csv', ACTIVITY_HEADER);
    let leadCount = 0;
    let eventCount = 0;
    let activityCount = 0;

    return {
        lead: (lead) => {
            leadCount += 1;
            const cells = leadCells(random, lead);
            // The same lead twice: as it was before somebody tidied it up, before or after.
            const isTwice = leadCount % 160 === 0 && lead.updatedAt - lead.createdAt > DAY;
            const older = [...cells];
            older[7] = (cells[7] ?? '').toUpperCase();
            older[11] = localMoment(lead.createdAt);
            const isOutOfOrder = leadCount % 480 === 0;
            if (isTwice && !isOutOfOrder) leads.row(older);
            leads.row(cells);
            if (isTwice && isOutOfOrder) leads.row(older);
            if (leadCount % 270 === 0) leads.row(cells);
            if (leadCount % 900 === 300) leads.row(cells.with(0, ''));
            if (leadCount % 2700 === 800)
                leads.row(cells.with(0, `${lead.id}X`).with(1, '31.02.2024'));
        },
        leadEvent: (event) => {
            eventCount += 1;
            const cells = [
                `E-${String(eventCount).padStart(7, '0')}`,
                event.leadId,
                event.type,
                utcMoment(event.occurredAt),
                event.personId,
                event.reason ?? '',
                event.verdict ?? '',
            ];
            events.row(cells);
            if (eventCount % 640 === 0) events.row(cells);
            if (eventCount % 4000 === 900)
                events.row(cells.with(0, `${cells[0]}X`).with(2, 'call_me_later'));
        },
        activity: (activity) => {
            activityCount += 1;
            const cells = [
                `A-${String(activityCount).padStart(7, '0')}`,
                activity.leadId,
                activity.dealId,
                activity.personId,
                activity.type,
                activity.direction,
                activity.isAutomated ? 'TRUE' : 'FALSE',
                utcMoment(activity.occurredAt),
            ];
            activities.row(cells);
            if (activityCount % 820 === 0) activities.row(cells);
            if (activityCount % 6000 === 1200) activities.row(cells.with(0, ''));
        },
        close: () => [leads.close(), events.close(), activities.close()],
    };
}

function leadCells(random: Random, lead: Lead): readonly string[] {
    const { contact, source } = lead;
    const isShouted = random.chance(0.06);
    const company =
        random.chance(0.02) && contact.companyName !== ''
            ? `${contact.companyName}\n(main office)`
            : contact.companyName;
    return [
        lead.id,
        localMoment(lead.createdAt),
        lead.visitorId,
        source.label,
        source.campaign !== undefined && !random.chance(0.04) ? source.campaign.id : '',
        lead.landingPage,
        PRODUCT_LABELS[lead.line],
        random.chance(0.05) ? `${contact.fullName}  ` : contact.fullName,
        isShouted ? contact.email.replace(/^[a-z]+/, (word) => word.toUpperCase()) : contact.email,
        company,
        contact.countryCode,
        localMoment(lead.updatedAt),
    ];
}
