package io.sluice.ops.deadletters;

/**
 * A message on its way back.
 *
 * @param origin of the letter
 * @param topic where it goes
 * @param value its bytes, not copied
 */
// The array is carried, never compared.
@SuppressWarnings("ArrayRecordComponent")
record Parcel(Place origin, String topic, byte[] value) {}
