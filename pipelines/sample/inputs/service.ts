import { ACCOUNT_MANAGERS } from '../people.ts';

const LOCAL_MOMENT = '%Y-%m-%d %H:%M:%S';
const DEPARTMENTS = { Marketing: 'marketing', Sales: 'sales' };
const MANAGERS = Object.fromEntries(
    Object.values(ACCOUNT_MANAGERS).map(({ id, name }) => [name, id]),
);

/** Requests between the departments, pauses of the clock, owners of clients, steps of orders. */
export function serviceInputs(directory: string) {
    return [
        {
            name: 'service_requests',
            stream: 'internal_requests',
            files: [`${directory}/service/requests.csv`],
            format: { type: 'csv' },
            columns: {
                request_id: 'Ticket',
                request_kind: {
                    column: 'Category',
                    values: { Materials: 'materials', Information: 'information', Data: 'data' },
                },
                from_department: { column: 'From Team', values: DEPARTMENTS },
                to_department: { column: 'To Team', values: DEPARTMENTS },
                subject: 'Subject',
                requested_by: 'Asked By',
                person_id: 'Assignee',
                requested_at: { column: 'Opened', format: LOCAL_MOMENT },
                answered_at: { column: 'Answered', format: LOCAL_MOMENT },
                updated_at: { column: 'Last Update', format: LOCAL_MOMENT },
            },
        },
        {
            name: 'crm_clock_pauses',
            stream: 'clock_pauses',
            files: [`${directory}/crm/clock_pauses.csv`],
            format: { type: 'csv' },
            columns: {
                record_type: { column: 'Object', values: { Lead: 'lead', Request: 'request' } },
                record_id: 'Object ID',
                paused_at: 'Paused',
                resumed_at: 'Resumed',
                reason: 'Reason',
            },
        },
        {
            name: 'crm_account_owners',
            stream: 'client_assignments',
            files: [`${directory}/crm/account_owners.csv`],
            format: { type: 'csv' },
            columns: {
                client_id: 'Account ID',
                assigned_at: { column: 'Owner Since', format: LOCAL_MOMENT },
                person_id: { column: 'Account Owner', values: MANAGERS },
                reason: 'Reason',
            },
        },
        {
            name: 'order_steps',
            stream: 'deal_stage_history',
            files: [`${directory}/orders/order_steps.csv`],
            format: { type: 'csv', delimiter: ';' },
            columns: {
                deal_id: 'Deal No',
                stage: 'Step',
                entered_at: { column: 'Reached', format: '%d.%m.%Y %H:%M' },
            },
        },
    ];
}
