// The numbers of access lists that are used here, under their own names.

// SE_OBJECT_TYPE enumeration (accctrl.h)
export const SE_FILE_OBJECT = 1;

// SECURITY_INFORMATION (winnt.h)
export const OWNER_SECURITY_INFORMATION = 0x1;
export const DACL_SECURITY_INFORMATION = 0x4;
export const PROTECTED_DACL_SECURITY_INFORMATION = 0x8000_0000;
export const UNPROTECTED_DACL_SECURITY_INFORMATION = 0x2000_0000;

// ConvertStringSecurityDescriptorToSecurityDescriptorW function (sddl.h)
export const SDDL_REVISION_1 = 1;
