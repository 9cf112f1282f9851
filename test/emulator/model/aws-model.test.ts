import { expect, test } from 'vitest';
import { awsModel } from '../../../src/emulator/model/aws-model.ts';
import { describeSdk } from '../../../src/emulator/model/sdk-model.ts';

test('the stored model is that of the installed SDK', () => {
  expect(awsModel).toEqual(describeSdk());
  expect(Object.values(awsModel).map(({ operations }) => operations.length)).toEqual([41, 39]);
});
