import { readArn } from '../../upstream/arn.js';
export const arnFields = (t) => ({
    region: t.string({
        nullable: false,
        description: 'AWS region of the resource, from `arn`. Call: none.',
        resolve: ({ arn }) => readArn(arn).region,
    }),
    accountId: t.id({
        nullable: false,
        description: 'Id of the AWS account of the resource, from `arn`: 12 digits. Call: none.',
        resolve: ({ arn }) => readArn(arn).account,
    }),
    resourceId: t.id({
        nullable: false,
        description: 'Id within `arn`: the part after the slash. The global id is `id`. Call: none.',
        resolve: ({ arn }) => readArn(arn).id,
    }),
});
