/* The strings of oleaut32.dll are those of the other stand-in. */
#include "../standin/bstr.c"
