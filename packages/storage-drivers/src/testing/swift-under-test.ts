import { openSwift } from '../swift/open-swift'
import { toSwiftError } from '../swift/swift-error'
import { type DriverUnderTest, driverUnderTest } from './driver-under-test'

/** The driver of Swift, for tests. */
export const swiftUnderTest = (): DriverUnderTest =>
  driverUnderTest('Swift', toSwiftError, () => openSwift({ userAgent: 'test' }))
