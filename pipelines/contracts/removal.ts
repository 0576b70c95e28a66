import { boolean, idList, optional, text } from './columns.ts';

/** How a system says that a record is none any more. The row stays, and counts nowhere. */
export const deletable = {
    is_deleted: optional(
        boolean('Whether the system has deleted the record, which then counts nowhere.', {
            headers: ['IsDeleted', 'Is Deleted', 'isDeleted', 'hs_is_deleted'],
        }),
    ),
};

/** How a system says that two records became one: the one taken in says it, or the one that is left. */
export const mergeable = {
    ...deletable,
    merged_into: optional(
        text('Record that took this one in and counts in its place.', {
            headers: ['MasterRecordId', 'Master Record ID'],
        }),
    ),
    merged_ids: optional(
        idList('Records that this one took in; several with ; between.', {
            headers: [
                'Merged Deal IDs',
                'Merged Contact IDs',
                'Merged Record IDs',
                'Merged object IDs',
                'hs_merged_object_ids',
            ],
        }),
    ),
};
